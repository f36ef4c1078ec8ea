-- A whole number: 412, 1,234 or 412.0. The first line is the fast way for the usual spelling, here and below.
CREATE TEMP MACRO as_integer(cell) AS
CASE
    WHEN try_cast(cell AS bigint)::varchar = cell THEN try_cast(cell AS bigint)
    WHEN regexp_full_match(clean(cell), '-?(\d{1,15}|\d{1,3}(,\d{3}){1,4})(\.0+)?')
        THEN try_cast(regexp_replace(replace(clean(cell), ',', ''), '\.0+$', '') AS bigint)
END;

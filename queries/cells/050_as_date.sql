-- A day from 1900 to 2099: 2025-09-30, 9/30/2025, or a spreadsheet's date at midnight. 9/30/25 could be two days.
CREATE TEMP MACRO as_date(cell) AS
CASE
    WHEN try_cast(cell AS date)::varchar = cell AND cell BETWEEN '1900' AND '2100' THEN try_cast(cell AS date)
    WHEN regexp_full_match(clean(cell), '(19|20)\d{2}-\d{1,2}-\d{1,2}([T ]0?0:00(:00(\.0+)?)?)?')
        THEN try_cast(regexp_extract(clean(cell), '^[\d-]+') AS date)
    WHEN regexp_full_match(clean(cell), '\d{1,2}/\d{1,2}/(19|20)\d{2}( (0?0:00(:00)?|12:00(:00)? ?[Aa][Mm]))?')
        THEN try_strptime(regexp_extract(clean(cell), '^[\d/]+'), '%m/%d/%Y')::date
END;

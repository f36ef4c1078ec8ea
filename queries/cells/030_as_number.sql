-- A finite number: 42.5, 1,234.50 or 1.5e-05.
CREATE TEMP MACRO as_number(cell) AS
CASE
    WHEN
        regexp_full_match(clean(cell), '-?((\d+|\d{1,3}(,\d{3})+)(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?')
        AND isfinite(try_cast(replace(clean(cell), ',', '') AS double))
        THEN try_cast(replace(clean(cell), ',', '') AS double)
END;

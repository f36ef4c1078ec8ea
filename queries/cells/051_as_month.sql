-- A month by its first day: 2025-09 or 2025-09-01.
CREATE TEMP MACRO as_month(cell) AS
CASE
    WHEN regexp_full_match(clean(cell), '(19|20)\d{2}-(0[1-9]|1[0-2])') THEN try_cast(clean(cell) || '-01' AS date)
    ELSE as_date(cell)
END;

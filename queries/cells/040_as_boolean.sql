-- Yes or no: true, TRUE, yes, y, t, 1 and their opposites.
CREATE TEMP MACRO as_boolean(cell) AS
CASE
    WHEN cell IN ('true', 'false') THEN cell = 'true'
    WHEN lower(clean(cell)) IN ('true', 'yes', 'y', 't', '1', '1.0') THEN TRUE
    WHEN lower(clean(cell)) IN ('false', 'no', 'n', 'f', '0', '0.0') THEN FALSE
END;

-- Two incidents of one school, day, time and category are two incidents.
-- rule: repeated_incident
-- severity: warning
-- table: incidents
-- needs: incidents
-- says: Row {first_row} of {first_file} has the same school, day, time and category.
-- remedy: If both are one incident, name the first in duplicate_of of the second.
-- effect: Both count until one is marked; the month may read one too high.
WITH
    signed AS (
        SELECT
            incident_id,
            _row,
            _file,
            row_number() OVER same AS place,
            first_value(_row) OVER same AS first_row,
            first_value(_file) OVER same AS first_file
        FROM export.incidents
        WHERE duplicate_of IS NULL AND occurred_time IS NOT NULL
        WINDOW
            same AS (
                PARTITION BY school_id, occurred_on, occurred_time, coalesce(ssec_code, local_category)
                ORDER BY _file, _row
            )
    )

SELECT
    _row AS row_number,
    _file AS file,
    'incident_id' AS column_name,
    incident_id AS value,
    first_row,
    first_file
FROM signed
WHERE place > 1

-- An officer who was absent has no hours.
-- rule: absent_with_hours
-- severity: warning
-- table: shifts
-- needs: shifts
-- says: The shift is {status}, but says when the officer came or left; the time is not counted.
-- remedy: Remove the times, or make the shift completed or partial.
-- effect: The time is not counted; coverage and delivered hours may be too low.
SELECT
    _row AS row_number,
    _file AS file,
    'status' AS column_name,
    status AS value,
    status
FROM export.shifts
WHERE
    status IN ('absent', 'cancelled')
    AND (actual_start IS NOT NULL OR actual_end IS NOT NULL)

-- A shift that was worked says when the officer came and left.
-- rule: shift_without_hours
-- severity: warning
-- table: shifts
-- needs: shifts
-- says: The shift is {status}, but does not say when the officer came and left; it counts as no time at all.
-- remedy: Fill in actual_start and actual_end.
-- effect: The shift counts as no time: coverage and delivered hours are too low.
SELECT
    _row AS row_number,
    _file AS file,
    if(actual_start IS NULL, 'actual_start', 'actual_end') AS column_name,
    NULL::VARCHAR AS value,
    status
FROM export.shifts
WHERE
    status IN ('completed', 'partial', 'unscheduled')
    AND (actual_start IS NULL OR actual_end IS NULL)

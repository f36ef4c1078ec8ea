-- Nobody works more than sixteen hours on end.
-- rule: shift_over_sixteen_hours
-- severity: error
-- table: shifts
-- needs: shifts
-- says: The shift lasts {hours} hours.
-- remedy: Correct the times: look for morning and afternoon mixed up.
WITH
    span AS (
        SELECT
            'actual_end' AS column_name,
            actual_end AS ends,
            (epoch(actual_end) - epoch(actual_start)) / 3600 AS hours,
            _file,
            _row
        FROM export.shifts
        UNION ALL
        SELECT
            'sched_end' AS column_name,
            sched_end AS ends,
            (epoch(sched_end) - epoch(sched_start)) / 3600 AS hours,
            _file,
            _row
        FROM export.shifts
    )

SELECT
    _row AS row_number,
    _file AS file,
    column_name,
    ends::VARCHAR AS value,
    hours
FROM span
WHERE hours > 16

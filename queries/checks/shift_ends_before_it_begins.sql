-- A shift ends after it has begun.
-- rule: shift_ends_before_it_begins
-- severity: error
-- table: shifts
-- needs: shifts
-- says: The {kind} shift ends at {ends}, which is not after its start at {begins}.
-- remedy: Correct the times; split a shift that runs past midnight into two, one on each day.
WITH
    span AS (
        SELECT
            'actual' AS kind,
            'actual_end' AS column_name,
            actual_start AS begins,
            actual_end AS ends,
            _file,
            _row
        FROM export.shifts
        UNION ALL
        SELECT
            'scheduled' AS kind,
            'sched_end' AS column_name,
            sched_start AS begins,
            sched_end AS ends,
            _file,
            _row
        FROM export.shifts
    )

SELECT
    _row AS row_number,
    _file AS file,
    column_name,
    ends::VARCHAR AS value,
    kind,
    begins,
    ends
FROM span
WHERE ends <= begins

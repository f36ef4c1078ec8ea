-- Every shift that has passed, with its hours; `is_on_site` when an officer was at the school for it.
CREATE VIEW shift AS
SELECT
    shift_id,
    officer_id,
    school_id,
    date AS day,
    date_trunc('month', date)::DATE AS month,
    duty_type,
    status,
    absence_reason,
    coalesce(is_backfill, FALSE) AS is_backfill,
    for_officer_id,
    actual_start,
    actual_end,
    coalesce(minutes_between(sched_start, sched_end) / 60, 0) AS scheduled_hours,
    CASE
        WHEN status IN ('completed', 'partial', 'unscheduled')
            THEN coalesce(minutes_between(actual_start, actual_end) / 60, 0)
        ELSE 0
    END AS actual_hours,
    duty_type IN ('school', 'event') AS is_school_duty,
    (
        duty_type IN ('school', 'event')
        AND status IN ('completed', 'partial', 'unscheduled')
        AND coalesce(actual_start < actual_end, FALSE)
    ) AS is_on_site
FROM export.shifts
WHERE date <= (SELECT data_through FROM data_date);

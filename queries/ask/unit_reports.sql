-- By unit and period part: school-months from which a report is expected, and those from which one was received.
WITH
    chosen AS (
        SELECT
            unnest($school_ids) AS school_id,
            unnest($units) AS unit
    ),

    part AS (
        SELECT
            unnest($starts) AS start_day,
            unnest($ends) AS end_day
    )

SELECT
    chosen.unit,
    part.start_day,
    NULL AS slice,
    count(*) FILTER (WHERE reporting_month.expected) AS expected,
    count(*) FILTER (WHERE reporting_month.expected AND reporting_month.received) AS received
FROM reporting_month
INNER JOIN chosen ON reporting_month.school_id = chosen.school_id
INNER JOIN part ON reporting_month.month BETWEEN part.start_day AND part.end_day
WHERE reporting_month.stream = $stream
GROUP BY chosen.unit, part.start_day
ORDER BY chosen.unit, part.start_day;

-- By unit and period part: school-months from which a report is expected, and those from which one was received.
-- A day has the report of its month.
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
    ),

    reach AS (
        SELECT
            start_day,
            end_day,
            if(start_day = end_day, date_trunc('month', start_day)::DATE, start_day) AS first_month
        FROM part
    )

SELECT
    chosen.unit,
    reach.start_day,
    count(*) FILTER (WHERE reporting_month.expected) AS expected,
    count(*) FILTER (WHERE reporting_month.expected AND reporting_month.received) AS received
FROM reporting_month
INNER JOIN chosen ON reporting_month.school_id = chosen.school_id
INNER JOIN reach ON reporting_month.month BETWEEN reach.first_month AND reach.end_day
WHERE reporting_month.stream = $stream
GROUP BY chosen.unit, reach.start_day
ORDER BY chosen.unit, reach.start_day;

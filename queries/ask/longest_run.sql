-- The longest run of consecutive rows with numerator 1, by unit and period part; a row is an instructional day.
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

    unreported AS (
        SELECT
            school_id,
            month
        FROM reporting_month
        WHERE stream = $stream AND expected AND NOT received
    ),

    day_row AS (
        SELECT
            chosen.unit,
            part.start_day,
            metric_day.school_id,
            metric_day.numerator,
            sum(1 - metric_day.numerator) OVER (
                PARTITION BY metric_day.school_id, part.start_day ORDER BY metric_day.day
            ) AS breaks
        FROM metric_day
        INNER JOIN chosen ON metric_day.school_id = chosen.school_id
        INNER JOIN part ON metric_day.day BETWEEN part.start_day AND part.end_day
        ANTI JOIN unreported
            ON
                metric_day.school_id = unreported.school_id
                AND date_trunc('month', metric_day.day)::DATE = unreported.month
        WHERE metric_day.metric = $metric
    ),

    run AS (
        SELECT
            unit,
            start_day,
            sum(numerator) AS days,
            count(*) AS days_seen
        FROM day_row
        GROUP BY unit, start_day, school_id, breaks
    )

SELECT
    unit,
    start_day,
    NULL AS slice,
    max(days) AS numerator,
    sum(days_seen) AS denominator
FROM run
GROUP BY unit, start_day
ORDER BY unit, start_day;

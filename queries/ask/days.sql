-- One metric's sums by unit, day and slice. A school-month whose report is missing leaves both sums.
WITH
    chosen AS (
        SELECT
            unnest($school_ids) AS school_id,
            unnest($units) AS unit
    ),

    asked AS (
        SELECT unnest($starts) AS day
    ),

    unreported AS (
        SELECT
            school_id,
            month
        FROM reporting_month
        WHERE stream = $stream AND expected AND NOT received
    )

SELECT
    chosen.unit,
    metric_day.day AS start_day,
    metric_day.slice,
    sum(metric_day.numerator) AS numerator,
    sum(metric_day.denominator) AS denominator
FROM metric_day
INNER JOIN chosen ON metric_day.school_id = chosen.school_id
INNER JOIN asked ON metric_day.day = asked.day
ANTI JOIN unreported
    ON
        metric_day.school_id = unreported.school_id
        AND date_trunc('month', metric_day.day)::DATE = unreported.month
WHERE metric_day.metric = $metric
GROUP BY chosen.unit, metric_day.day, metric_day.slice
ORDER BY chosen.unit, metric_day.day, metric_day.slice;

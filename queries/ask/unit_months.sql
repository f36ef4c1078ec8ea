-- One metric's sums by unit, period part and slice. A school-month whose report is missing leaves both sums.
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
    )

SELECT
    chosen.unit,
    part.start_day,
    metric_month.slice,
    sum(metric_month.numerator) AS numerator,
    sum(metric_month.denominator) AS denominator
FROM metric_month
INNER JOIN chosen ON metric_month.school_id = chosen.school_id
INNER JOIN part ON metric_month.month BETWEEN part.start_day AND part.end_day
ANTI JOIN unreported
    ON metric_month.school_id = unreported.school_id AND metric_month.month = unreported.month
WHERE metric_month.metric = $metric
GROUP BY chosen.unit, part.start_day, metric_month.slice
ORDER BY chosen.unit, part.start_day, metric_month.slice;

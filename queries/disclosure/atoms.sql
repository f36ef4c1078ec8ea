-- One metric's counts by school, month and slice, as answers sum them: school-months without a report left out.
-- Metrics of the program alone stand at school `*`.
WITH
    unreported AS (
        SELECT
            school_id,
            month
        FROM reporting_month
        WHERE stream = $stream AND expected AND NOT received
    )

SELECT
    metric_month.metric,
    metric_month.school_id,
    metric_month.month,
    metric_month.slice,
    coalesce(sum(metric_month.numerator), 0) AS count,
    sum(metric_month.denominator) AS whole
FROM metric_month
ANTI JOIN unreported
    ON metric_month.school_id = unreported.school_id AND metric_month.month = unreported.month
WHERE
    metric_month.metric = $metric
    AND if($level = 'program', metric_month.school_id = '*', metric_month.school_id IN (SELECT school_id FROM school))
GROUP BY metric_month.metric, metric_month.school_id, metric_month.month, metric_month.slice
ORDER BY metric_month.school_id, metric_month.month, metric_month.slice;

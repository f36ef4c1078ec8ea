-- One metric's sums by school, month and slice. A school-month whose report is missing leaves both sums.
SELECT
    metric_month.school_id,
    metric_month.month,
    metric_month.slice,
    metric_month.numerator,
    metric_month.denominator
FROM metric_month
ANTI JOIN reporting_month
    ON
        metric_month.school_id = reporting_month.school_id
        AND metric_month.month = reporting_month.month
        AND reporting_month.stream = $stream
        AND reporting_month.expected
        AND NOT reporting_month.received
WHERE metric_month.metric = $metric AND metric_month.school_id IS NOT NULL
ORDER BY metric_month.school_id, metric_month.month, metric_month.slice;

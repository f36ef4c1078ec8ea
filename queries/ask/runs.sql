-- One metric's runs by school and month. A school-month whose report is missing has none.
SELECT
    metric_run.school_id,
    metric_run.month,
    metric_run.days,
    metric_run.opening,
    metric_run.closing,
    metric_run.longest
FROM metric_run
ANTI JOIN reporting_month
    ON
        metric_run.school_id = reporting_month.school_id
        AND metric_run.month = reporting_month.month
        AND reporting_month.stream = $stream
        AND reporting_month.expected
        AND NOT reporting_month.received
WHERE metric_run.metric = $metric
ORDER BY metric_run.school_id, metric_run.month;

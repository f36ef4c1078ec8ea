-- Every metric's sums of all schools together by day and slice. A school-month whose report is missing leaves both.
INSERT INTO program_day
WITH
    told AS (
        SELECT
            unnest($metrics) AS metric,
            unnest($streams) AS stream
    )

SELECT
    metric_day.metric,
    metric_day.day,
    metric_day.slice,
    sum(metric_day.numerator) AS numerator,
    sum(metric_day.denominator) AS denominator
FROM metric_day
INNER JOIN told ON metric_day.metric = told.metric
SEMI JOIN school ON metric_day.school_id = school.school_id
ANTI JOIN reporting_month
    ON
        metric_day.school_id = reporting_month.school_id
        AND date_trunc('month', metric_day.day)::DATE = reporting_month.month
        AND told.stream = reporting_month.stream
        AND reporting_month.expected
        AND NOT reporting_month.received
GROUP BY ALL
ORDER BY ALL;

-- Every metric's sums of all schools together by month and slice. A school-month whose report is missing leaves both.
INSERT INTO program_month
WITH
    told AS (
        SELECT
            unnest($metrics) AS metric,
            unnest($streams) AS stream
    )

SELECT
    metric_month.metric,
    metric_month.month,
    metric_month.slice,
    sum(metric_month.numerator) AS numerator,
    sum(metric_month.denominator) AS denominator
FROM metric_month
INNER JOIN told ON metric_month.metric = told.metric
SEMI JOIN school ON metric_month.school_id = school.school_id
ANTI JOIN reporting_month
    ON
        metric_month.school_id = reporting_month.school_id
        AND metric_month.month = reporting_month.month
        AND told.stream = reporting_month.stream
        AND reporting_month.expected
        AND NOT reporting_month.received
GROUP BY ALL
ORDER BY ALL;

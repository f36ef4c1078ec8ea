-- How many rows each metric has by month, and each stream of reports.
SELECT
    '' AS stream,
    metric,
    count(*) AS row_count
FROM metric_month
GROUP BY metric
UNION ALL
SELECT
    stream,
    '' AS metric,
    count(*) AS row_count
FROM reporting_month
GROUP BY stream
ORDER BY stream, metric;

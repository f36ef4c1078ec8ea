-- One metric's rows (metric_row) summed by school, month and slice.
INSERT INTO metric_month
SELECT
    $metric AS metric,
    school_id,
    date_trunc('month', day)::DATE AS month,
    slice,
    sum(numerator) AS numerator,
    sum(denominator) AS denominator
FROM metric_row
GROUP BY ALL
ORDER BY ALL;

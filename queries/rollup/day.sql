-- One metric's rows (metric_row) summed by school, day and slice.
INSERT INTO metric_day
SELECT
    $metric AS metric,
    school_id,
    day,
    slice,
    sum(numerator) AS numerator,
    sum(denominator) AS denominator
FROM metric_row
GROUP BY ALL
ORDER BY ALL;

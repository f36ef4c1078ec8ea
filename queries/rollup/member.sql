-- One metric's members (metric_row) by school, month and slice; a repeated member counts once, with its largest value.
INSERT INTO metric_member
SELECT
    $metric AS metric,
    school_id,
    date_trunc('month', day)::DATE AS month,
    slice,
    member,
    max(numerator) AS numerator
FROM metric_row
WHERE member IS NOT NULL
GROUP BY ALL
ORDER BY ALL;

-- What one audience may see of one metric.
SELECT
    unit_kind,
    unit,
    period_kind,
    period_start,
    slice,
    shown
FROM disclosure_cell
WHERE metric = $metric AND audience = $audience
ORDER BY ALL;

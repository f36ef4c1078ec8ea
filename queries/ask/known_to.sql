-- Whom a metric has rows of: schools, or districts where it is known by district.
SELECT DISTINCT school_id FROM metric_month
WHERE metric = $metric
ORDER BY school_id;

-- Targets of grants for measures that are metrics of this program, with their period.
SELECT
    grant_targets.grant_id AS "grant",
    grant_measures.verbatim_text AS measure,
    grant_measures.metric_id AS metric,
    grant_measures.aggregation,
    coalesce(grant_measures.exact_match, FALSE) AS is_exact,
    grant_periods.start AS first_day,
    grant_periods."end" AS last_day,
    grant_targets.target
FROM export.grant_targets
INNER JOIN export.grant_measures
    ON grant_targets.grant_id = grant_measures.grant_id AND grant_targets.measure_id = grant_measures.measure_id
INNER JOIN export.grant_periods
    ON grant_targets.grant_id = grant_periods.grant_id AND grant_targets.period_no = grant_periods.period_no
WHERE grant_measures.metric_id IS NOT NULL AND grant_targets.target IS NOT NULL
ORDER BY last_day, "grant", measure;

-- What an award asks for, measure by measure, with the baseline and target of every reporting period.
SELECT
    grant_measures.measure_id,
    grant_measures.verbatim_text,
    grant_measures.source,
    grant_measures.metric_id,
    grant_measures.aggregation,
    grant_measures.exact_match,
    grant_targets.period_no,
    grant_targets.baseline,
    grant_targets.target
FROM export.grant_measures AS grant_measures
LEFT JOIN export.grant_targets AS grant_targets
    ON
        grant_measures.grant_id = grant_targets.grant_id
        AND grant_measures.measure_id = grant_targets.measure_id
WHERE grant_measures.grant_id = $grant_id
ORDER BY grant_measures.measure_id, grant_targets.period_no

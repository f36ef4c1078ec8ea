-- A grant's target belongs to one of its reporting periods.
-- rule: target_without_period
-- severity: warning
-- table: grant_targets
-- needs: grant_targets, grant_periods
-- says: Grant {grant_id} has no period {period_no}.
-- remedy: Add the period to grant_periods, or correct period_no.
-- effect: The target stands in no report.
SELECT
    grant_targets._row AS row_number,
    grant_targets._file AS file,
    'period_no' AS column_name,
    grant_targets.period_no::VARCHAR AS value,
    grant_targets.grant_id,
    grant_targets.period_no
FROM export.grant_targets AS grant_targets
ANTI JOIN export.grant_periods AS grant_periods
    ON
        grant_targets.grant_id = grant_periods.grant_id
        AND grant_targets.period_no = grant_periods.period_no

-- Every call that an officer handled says how it ended.
-- rule: call_without_outcome
-- severity: error
-- table: incidents
-- needs: incidents
-- says: An officer handled the call, but the row does not say how it ended, so that outcomes do not add up.
-- remedy: Fill in outcome; pending is an outcome too.
-- A column that is empty throughout was not collected; that breaks no sum.
SELECT
    _row AS row_number,
    _file AS file,
    'outcome' AS column_name,
    NULL::VARCHAR AS value
FROM export.incidents
WHERE
    sro_responded
    AND handled_by = 'officer'
    AND outcome IS NULL
    AND duplicate_of IS NULL
    AND (SELECT count(logged.outcome) FROM export.incidents AS logged) > 0

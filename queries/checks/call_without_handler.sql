-- Every call to which an officer responded says who handled it.
-- rule: call_without_handler
-- severity: error
-- table: incidents
-- needs: incidents
-- says: An officer responded, but the row does not say who handled it, so that calls do not add up.
-- remedy: Fill in handled_by: school, officer or other_agency.
-- A column that is empty throughout was not collected; that breaks no sum.
SELECT
    _row AS row_number,
    _file AS file,
    'handled_by' AS column_name,
    NULL::VARCHAR AS value
FROM export.incidents
WHERE
    sro_responded
    AND handled_by IS NULL
    AND duplicate_of IS NULL
    AND (SELECT count(logged.handled_by) FROM export.incidents AS logged) > 0

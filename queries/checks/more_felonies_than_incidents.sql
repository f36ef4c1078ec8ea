-- No total holds more felonies than incidents.
-- rule: more_felonies_than_incidents
-- severity: error
-- table: official_incidents
-- needs: official_incidents
-- says: More incidents are felonies than there are incidents.
-- remedy: Correct n or felony_n.
SELECT
    _row AS row_number,
    _file AS file,
    'felony_n' AS column_name,
    NULL::VARCHAR AS value
FROM export.official_incidents
WHERE felony_n > n

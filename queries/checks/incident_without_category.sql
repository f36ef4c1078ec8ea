-- Every incident has a category.
-- rule: incident_without_category
-- severity: warning
-- table: incidents
-- needs: incidents
-- says: The incident has neither an SSEC code nor a local category; it counts as “not stated”.
-- remedy: Fill in one of the two.
-- effect: It counts in totals and reads “not stated” by category.
SELECT
    _row AS row_number,
    _file AS file,
    'local_category' AS column_name,
    NULL::VARCHAR AS value
FROM export.incidents
WHERE
    ssec_code IS NULL
    AND local_category IS NULL
    -- Where no row has a category, categories were not collected.
    AND (SELECT count(coalesce(logged.ssec_code, logged.local_category)) FROM export.incidents AS logged) > 0

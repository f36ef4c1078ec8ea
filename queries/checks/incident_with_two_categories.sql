-- An incident has a state category or a category of the log's own, not both.
-- rule: incident_with_two_categories
-- severity: error
-- table: incidents
-- needs: incidents
-- says: The incident has two categories: SSEC {ssec_code} and {local_category}.
-- remedy: Keep the SSEC code when the incident is reportable to the state; otherwise keep the local category.
SELECT
    _row AS row_number,
    _file AS file,
    'local_category' AS column_name,
    local_category AS value,
    ssec_code,
    local_category
FROM export.incidents
WHERE ssec_code IS NOT NULL AND local_category IS NOT NULL

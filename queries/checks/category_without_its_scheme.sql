-- A category stands with the scheme that it belongs to.
-- rule: category_without_its_scheme
-- severity: error
-- table: incidents
-- needs: incidents
-- says: {kind} stands with the scheme {scheme}.
-- remedy: Give an SSEC code the scheme in force on that day (ssec_2021 since July 2021); a local category goes with
--   local.
SELECT
    _row AS row_number,
    _file AS file,
    'category_scheme' AS column_name,
    category_scheme AS value,
    if(ssec_code IS NOT NULL, 'SSEC code ' || ssec_code, 'The local category ' || local_category) AS kind,
    coalesce(category_scheme, 'left empty') AS scheme
FROM export.incidents
WHERE
    (ssec_code IS NOT NULL AND coalesce(category_scheme, 'local') = 'local')
    OR (ssec_code IS NULL AND local_category IS NOT NULL AND coalesce(category_scheme, 'local') <> 'local')

-- Every school with what it is grouped and filtered by.
SELECT
    school_id,
    name,
    coalesce(short_name, name) AS short_name,
    coalesce(district_id, 'unknown') AS district_id,
    coalesce(district_name, district_id, 'District not stated') AS district_name,
    coalesce(level, 'unknown') AS level,
    coalesce(provider_agency, 'unknown') AS provider_agency,
    program_start
FROM school
ORDER BY school_id;

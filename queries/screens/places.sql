-- Where schools are: decimal degrees, with the district they belong to. Schools without a place are left out.
SELECT
    school.school_id,
    coalesce(school.district_id, 'unknown') AS district_id,
    known.lat,
    known.lon
FROM school
INNER JOIN export.schools AS known ON school.school_id = known.school_id
WHERE known.lat IS NOT NULL AND known.lon IS NOT NULL
ORDER BY school.school_id;

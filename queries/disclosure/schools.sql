-- Every school with its district.
SELECT
    school_id,
    district_id
FROM school
ORDER BY school_id;

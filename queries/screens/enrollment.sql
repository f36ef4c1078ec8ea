-- Students of one school by school year, newest first.
SELECT
    school_year,
    students,
    counted_in
FROM enrollment_year
WHERE school_id = $school_id
ORDER BY school_year DESC;

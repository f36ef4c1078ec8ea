-- Students of a school in a school year.
-- A year whose count is not in the export yet takes that of the year before; `counted_in` says which it is.
CREATE TABLE enrollment_year AS
WITH
    counted AS (
        SELECT
            school_id,
            school_year,
            left(school_year, 4)::INTEGER AS opening,
            students
        FROM group_enrollment
        WHERE subgroup_dim = 'all'
    ),

    wanted AS (
        SELECT
            school_id,
            school_year
        FROM counted
        UNION
        SELECT
            school_id,
            school_year
        FROM calendar_day
        UNION
        SELECT
            school_id,
            school_year
        FROM export.official_incidents
    )

SELECT
    wanted.school_id,
    wanted.school_year,
    coalesce(own.students, earlier.students) AS students,
    coalesce(own.school_year, earlier.school_year) AS counted_in
FROM wanted
LEFT JOIN counted AS own ON wanted.school_id = own.school_id AND wanted.school_year = own.school_year
LEFT JOIN counted AS earlier
    ON wanted.school_id = earlier.school_id AND left(wanted.school_year, 4)::INTEGER - 1 = earlier.opening
WHERE coalesce(own.students, earlier.students) IS NOT NULL
ORDER BY wanted.school_id, wanted.school_year;

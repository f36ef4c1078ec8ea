-- Students of a school in a school year: average daily membership at program sites, BEDS day elsewhere, else any count.
-- A year whose count is not in the export yet takes that of the year before; `counted_in` says which it is.
CREATE TABLE enrollment_year AS
WITH
    counted AS (
        SELECT
            school_id,
            school_year,
            left(school_year, 4)::INTEGER AS opening,
            CASE WHEN basis IN ('adm', 'beds_day') THEN basis ELSE 'roll_month' END AS basis,
            round(avg(n))::BIGINT AS students
        FROM export.enrollment
        WHERE subgroup_dim = 'all'
        GROUP BY ALL
    ),

    preferred AS (
        SELECT
            counted.school_id,
            counted.school_year,
            counted.opening,
            min_by(
                counted.students,
                CASE counted.basis
                    WHEN 'roll_month' THEN 3
                    WHEN 'adm' THEN if(school.is_program_site, 1, 2)
                    ELSE if(school.is_program_site, 2, 1)
                END
            ) AS students
        FROM counted
        INNER JOIN school ON counted.school_id = school.school_id
        GROUP BY counted.school_id, counted.school_year, counted.opening
    ),

    wanted AS (
        SELECT
            school_id,
            school_year
        FROM preferred
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
LEFT JOIN preferred AS own ON wanted.school_id = own.school_id AND wanted.school_year = own.school_year
LEFT JOIN preferred AS earlier
    ON wanted.school_id = earlier.school_id AND left(wanted.school_year, 4)::INTEGER - 1 = earlier.opening
WHERE coalesce(own.students, earlier.students) IS NOT NULL
ORDER BY wanted.school_id, wanted.school_year;

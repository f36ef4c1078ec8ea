-- Students of a school by group (`all`: everybody) and school year, by the count that says what all its students are:
-- average daily membership at program sites, BEDS day elsewhere, else any count.
CREATE TABLE group_enrollment AS
WITH
    counted AS (
        SELECT
            school_id,
            school_year,
            subgroup_dim,
            if(subgroup_dim = 'all', 'all', subgroup) AS subgroup,
            CASE WHEN basis IN ('adm', 'beds_day') THEN basis ELSE 'roll_month' END AS basis,
            round(avg(n))::BIGINT AS students
        FROM export.enrollment
        GROUP BY ALL
    )

SELECT
    counted.school_id,
    counted.school_year,
    counted.subgroup_dim,
    counted.subgroup,
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
GROUP BY counted.school_id, counted.school_year, counted.subgroup_dim, counted.subgroup
ORDER BY counted.school_id, counted.school_year, counted.subgroup_dim, counted.subgroup;

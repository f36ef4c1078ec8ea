-- Students of each group, by what they are grouped and school year, over the schools that the program served that year.
-- Each school by the count that says what all its students are; a group that a school does not tell of adds nothing.
CREATE TABLE group_year AS
WITH
    served AS (
        SELECT DISTINCT
            service_day.school_id,
            service_day.school_year
        FROM service_day
        INNER JOIN school ON service_day.school_id = school.school_id
        WHERE school.counts_in_total
    ),

    counted AS (
        SELECT
            enrollment.school_id,
            enrollment.school_year,
            enrollment.subgroup_dim,
            enrollment.subgroup,
            CASE WHEN enrollment.basis IN ('adm', 'beds_day') THEN enrollment.basis ELSE 'roll_month' END AS basis,
            round(avg(enrollment.n))::BIGINT AS students
        FROM export.enrollment AS enrollment
        WHERE enrollment.subgroup_dim <> 'all'
        GROUP BY ALL
    ),

    preferred AS (
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
    )

SELECT
    served.school_year,
    preferred.subgroup_dim,
    preferred.subgroup,
    sum(preferred.students)::BIGINT AS students
FROM served
INNER JOIN enrollment_year
    ON served.school_id = enrollment_year.school_id AND served.school_year = enrollment_year.school_year
INNER JOIN preferred
    ON enrollment_year.school_id = preferred.school_id AND enrollment_year.counted_in = preferred.school_year
GROUP BY served.school_year, preferred.subgroup_dim, preferred.subgroup
ORDER BY served.school_year, preferred.subgroup_dim, preferred.subgroup;

-- Students of each group, by what they are grouped and school year, over the schools that the program served that year.
-- A group that a school does not tell of adds nothing.
CREATE TABLE group_year AS
WITH
    served AS (
        SELECT DISTINCT
            service_day.school_id,
            service_day.school_year
        FROM service_day
        INNER JOIN school ON service_day.school_id = school.school_id
        WHERE school.counts_in_total
    )

SELECT
    served.school_year,
    group_enrollment.subgroup_dim,
    group_enrollment.subgroup,
    sum(group_enrollment.students)::BIGINT AS students
FROM served
INNER JOIN enrollment_year
    ON served.school_id = enrollment_year.school_id AND served.school_year = enrollment_year.school_year
INNER JOIN group_enrollment
    ON
        enrollment_year.school_id = group_enrollment.school_id
        AND enrollment_year.counted_in = group_enrollment.school_year
WHERE group_enrollment.subgroup_dim <> 'all'
GROUP BY served.school_year, group_enrollment.subgroup_dim, group_enrollment.subgroup
ORDER BY served.school_year, group_enrollment.subgroup_dim, group_enrollment.subgroup;

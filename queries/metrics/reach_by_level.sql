-- id: Q05
-- title: Reach of lessons by kind of school
-- asks: Do lessons reach younger and older students alike?
-- unit: attendances per 100 students and school year
-- numerator: attendances of students at lessons and assemblies
-- denominator: students enrolled at served schools
-- aggregate: ratio
-- scale: 100
-- interval: none
-- direction: neutral
-- persons: no
-- grain: year
-- stream: none
-- slice: level
-- needs: activities, assignments, calendar, enrollment
-- level: school
-- defined_by: this program
-- caution: Attendances, not students: one student may be counted often. School years that are over only. Levels
--   differ in what they need, so equal is not the aim.
-- version: 1
-- daily: no
WITH
    attended AS (
        SELECT
            school_id,
            school_year_of(day) AS school_year,
            sum(students_reached) AS students
        FROM activity
        WHERE activity_type IN ('classroom_lesson', 'assembly')
        GROUP BY school_id, school_year_of(day)
    ),

    served AS (
        SELECT DISTINCT
            school_id,
            school_year
        FROM service_day
    )

SELECT
    served.school_id,
    program_year.first_day AS day,
    coalesce(school.level, 'unknown') AS slice,
    coalesce(attended.students, 0) AS numerator,
    enrollment_year.students AS denominator
FROM served
INNER JOIN program_year ON served.school_year = program_year.school_year AND program_year.is_over
INNER JOIN school ON served.school_id = school.school_id
INNER JOIN enrollment_year
    ON served.school_id = enrollment_year.school_id AND served.school_year = enrollment_year.school_year
LEFT JOIN attended ON served.school_id = attended.school_id AND served.school_year = attended.school_year

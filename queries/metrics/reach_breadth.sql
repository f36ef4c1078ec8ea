-- id: E14
-- title: Grade bands reached by a lesson
-- asks: At how many of the grade bands of served schools was at least one lesson given?
-- unit: percent of grade bands at served schools
-- numerator: grade bands of a school with at least one classroom lesson in the school year
-- denominator: grade bands with students at served schools
-- aggregate: ratio
-- scale: 100
-- interval: none
-- direction: up
-- persons: no
-- grain: year
-- stream: none
-- slice: none
-- needs: activities, assignments, calendar, enrollment
-- level: school
-- defined_by: this program
-- caution: One lesson suffices. Lessons logged for mixed grades reach no band here. A year under way counts what was
--   given so far.
-- version: 1
-- daily: no
WITH
    served AS (
        SELECT DISTINCT
            service_day.school_id,
            service_day.school_year,
            enrollment.subgroup AS grade_band
        FROM service_day
        INNER JOIN export.enrollment AS enrollment
            ON
                service_day.school_id = enrollment.school_id
                AND service_day.school_year = enrollment.school_year
                AND enrollment.subgroup_dim = 'grade_band'
                AND enrollment.n > 0
    ),

    taught AS (
        SELECT DISTINCT
            school_id,
            school_year_of(day) AS school_year,
            grade_band
        FROM activity
        WHERE activity_type = 'classroom_lesson'
    )

SELECT
    served.school_id,
    program_year.first_day AS day,
    NULL::VARCHAR AS slice,
    if(taught.grade_band IS NULL, 0, 1) AS numerator,
    1 AS denominator
FROM served
INNER JOIN program_year ON served.school_year = program_year.school_year
LEFT JOIN taught
    ON
        served.school_id = taught.school_id
        AND served.school_year = taught.school_year
        AND served.grade_band = taught.grade_band

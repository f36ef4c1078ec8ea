-- id: E04
-- title: Student attendances
-- asks: How many student attendances did lessons and assemblies have?
-- unit: attendances
-- numerator: students present at classroom lessons and assemblies
-- denominator: none
-- aggregate: sum
-- scale: 1
-- interval: none
-- direction: up
-- persons: no
-- grain: month
-- stream: log
-- slice: none
-- needs: activities
-- level: school
-- defined_by: this program
-- caution: Attendances, not students: a student in three lessons counts three times. Lessons without a head count add
--   nothing.
-- version: 1
-- daily: no
SELECT
    school_id,
    day,
    NULL::VARCHAR AS slice,
    students_reached AS numerator,
    NULL::DOUBLE AS denominator
FROM activity
WHERE activity_type IN ('classroom_lesson', 'assembly') AND students_reached IS NOT NULL

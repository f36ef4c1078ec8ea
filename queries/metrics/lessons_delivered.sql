-- id: E03
-- title: Classroom lessons delivered
-- asks: How many lessons did officers give?
-- unit: lessons
-- numerator: sessions of classroom lessons
-- denominator: none
-- aggregate: sum
-- scale: 1
-- interval: poisson
-- direction: up
-- persons: no
-- grain: month
-- stream: log
-- slice: none
-- needs: activities
-- level: school
-- defined_by: practice of the Davenport, Iowa, school resource officer dashboard
-- caution: An entry for several sessions counts each of them; an entry without a number counts one. Says nothing about
--   what students took away.
-- version: 1
-- daily: no
SELECT
    school_id,
    day,
    NULL::VARCHAR AS slice,
    sessions AS numerator,
    NULL::DOUBLE AS denominator
FROM activity
WHERE activity_type = 'classroom_lesson'

-- id: T07
-- title: Trainings for school staff
-- asks: How many trainings did officers hold for school staff?
-- unit: sessions
-- numerator: sessions of training for school staff
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
-- caution: An entry without a number of sessions counts as one.
-- version: 1
-- daily: no
SELECT
    school_id,
    day,
    NULL::VARCHAR AS slice,
    sessions AS numerator,
    NULL::DOUBLE AS denominator
FROM activity
WHERE activity_type = 'staff_training'

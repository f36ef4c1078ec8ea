-- id: E01
-- title: Activities logged
-- asks: What did officers do, and how often?
-- unit: activities
-- numerator: rows of the activity log
-- denominator: none
-- aggregate: sum
-- scale: 1
-- interval: poisson
-- direction: neutral
-- persons: no
-- grain: month
-- stream: log
-- slice: activity_type
-- needs: activities
-- level: school
-- defined_by: this program
-- caution: What was written down. Officers differ in how finely they log, so a difference between schools can be one of
--   habit.
-- version: 1
-- daily: no
SELECT
    school_id,
    day,
    activity_type AS slice,
    1 AS numerator,
    NULL::DOUBLE AS denominator
FROM activity

-- id: C01
-- title: Schools served
-- asks: How many schools had an officer of this program assigned?
-- unit: schools
-- numerator: different schools with at least one instructional day on which an officer was assigned
-- denominator: none
-- aggregate: distinct
-- scale: 1
-- interval: none
-- direction: neutral
-- persons: no
-- grain: month
-- stream: none
-- slice: none
-- needs: assignments, calendar
-- level: school
-- defined_by: this program
-- caution: Counts assignments, not presence: see on-site coverage. Summer months count no school. Schools that another
--   agency serves are not in it.
-- version: 1
-- daily: no
SELECT DISTINCT
    school_id,
    month AS day,
    NULL::VARCHAR AS slice,
    1 AS numerator,
    NULL::DOUBLE AS denominator,
    school_id AS member
FROM service_day

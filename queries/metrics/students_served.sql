-- id: C02
-- title: Students in served schools
-- asks: How many students attend the schools that the program serves?
-- unit: students
-- numerator: enrollment of every school served
-- denominator: none
-- aggregate: distinct_sum
-- scale: 1
-- interval: none
-- direction: neutral
-- persons: no
-- grain: month
-- stream: none
-- slice: none
-- needs: assignments, calendar, enrollment
-- level: school
-- defined_by: this program
-- caution: Students enrolled, not students reached. Over several years each school counts once, with its largest
--   enrollment. Program sites whose students are enrolled elsewhere are left out. Last year's enrollment stands in
--   where this year's is not in yet.
-- version: 1
-- daily: no
SELECT DISTINCT
    service_day.school_id,
    service_day.month AS day,
    NULL::VARCHAR AS slice,
    service_day.students AS numerator,
    NULL::DOUBLE AS denominator,
    service_day.school_id AS member
FROM service_day
INNER JOIN school ON service_day.school_id = school.school_id
WHERE school.counts_in_total AND service_day.students IS NOT NULL

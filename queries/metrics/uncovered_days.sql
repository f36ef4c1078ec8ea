-- id: C10
-- title: Uncovered days
-- asks: On how many school days was no officer there at all, and why?
-- unit: instructional days
-- numerator: instructional days with an officer assigned and not a minute on site between the bells
-- denominator: instructional days with an officer assigned
-- aggregate: sum
-- scale: 1
-- interval: none
-- direction: down
-- persons: no
-- grain: month
-- stream: shifts
-- slice: reason
-- needs: shifts, calendar
-- level: school
-- defined_by: this program
-- caution: The reason is that of the shift that fell out; "no shift recorded" means that nobody was scheduled or that
--   the record is missing. One uncovered day at each of two schools is two days.
-- version: 1
-- daily: yes
SELECT
    school_id,
    day,
    uncovered_reason AS slice,
    1 AS numerator,
    NULL::DOUBLE AS denominator
FROM coverage_day
WHERE has_assignment AND uncovered_reason IS NOT NULL
UNION ALL
SELECT
    school_id,
    day,
    NULL::VARCHAR AS slice,
    NULL::DOUBLE AS numerator,
    1 AS denominator
FROM coverage_day
WHERE has_assignment

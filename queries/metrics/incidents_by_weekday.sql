-- id: I12w
-- title: Incidents by weekday
-- asks: On which days of the week do incidents happen?
-- unit: incidents
-- numerator: logged incidents
-- denominator: none
-- aggregate: sum
-- scale: 1
-- interval: poisson
-- direction: neutral
-- persons: no
-- grain: month
-- stream: log
-- slice: weekday
-- needs: incidents
-- level: school
-- defined_by: this program
-- caution: A weekday with more holidays has fewer school days. Nothing is divided here.
-- version: 1
-- daily: no
SELECT
    school_id,
    day,
    isodow(day)::VARCHAR AS slice,
    1 AS numerator,
    NULL::DOUBLE AS denominator
FROM incident

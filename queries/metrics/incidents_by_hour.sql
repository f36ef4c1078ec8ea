-- id: I12
-- title: Incidents by hour
-- asks: At which hours of the day do incidents happen?
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
-- slice: hour
-- needs: incidents
-- level: school
-- defined_by: this program
-- caution: As the officer noted the time; a rough guess gathers on full hours. Hours hold different numbers of
--   students.
-- version: 1
-- daily: no
SELECT
    school_id,
    day,
    coalesce(lpad(extract('hour' FROM occurred_time)::VARCHAR, 2, '0'), 'unknown') AS slice,
    1 AS numerator,
    NULL::DOUBLE AS denominator
FROM incident

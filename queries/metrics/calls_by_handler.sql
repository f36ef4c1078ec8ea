-- id: I03h
-- title: Calls by who handled them
-- asks: Of the calls for service, how many were handled by the school, by an officer, by another agency?
-- unit: calls
-- numerator: calls for service
-- denominator: none
-- aggregate: sum
-- scale: 1
-- interval: poisson
-- direction: neutral
-- persons: no
-- grain: month
-- stream: log
-- slice: handled_by
-- needs: incidents
-- level: school
-- defined_by: practice of the Davenport, Iowa, school resource officer dashboard; other agencies are set apart by this
--   program
-- caution: The parts add up to calls for service; "not stated" shows what the log leaves open.
-- version: 1
-- daily: no
SELECT
    school_id,
    day,
    handled_by AS slice,
    1 AS numerator,
    NULL::DOUBLE AS denominator
FROM incident
WHERE is_call

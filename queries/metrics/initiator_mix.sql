-- id: I06
-- title: Who called
-- asks: Who brought calls for service to the officer?
-- unit: percent of calls
-- numerator: calls begun by the group
-- denominator: calls for service
-- aggregate: share
-- scale: 100
-- interval: wilson
-- direction: neutral
-- persons: no
-- grain: month
-- stream: log
-- slice: initiated_by
-- needs: incidents
-- level: school
-- defined_by: practice of Lincoln, Nebraska, public schools' yearly report
-- caution: Calls whose beginning was not noted are shown as "not stated", so that the shares add up to 100.
-- version: 1
-- daily: no
SELECT
    school_id,
    day,
    initiated_by AS slice,
    1 AS numerator,
    NULL::DOUBLE AS denominator
FROM incident
WHERE is_call

-- id: I00
-- title: Incidents logged
-- asks: How many incidents are in the officers' log, and of what kind?
-- unit: incidents
-- numerator: incidents of the officers' log, repeats left out
-- denominator: none
-- aggregate: sum
-- scale: 1
-- interval: poisson
-- direction: neutral
-- persons: no
-- grain: month
-- stream: log
-- slice: category
-- needs: incidents
-- level: school
-- defined_by: this program
-- caution: What officers logged, whatever its weight; not the district's certified totals, and never added to them. A
--   rise can mean more incidents or more logging.
-- version: 1
-- daily: yes
SELECT
    school_id,
    day,
    category AS slice,
    1 AS numerator,
    NULL::DOUBLE AS denominator
FROM incident

-- id: I07
-- title: Incidents with a weapon
-- asks: How often did the log note a weapon, and which?
-- unit: incidents
-- numerator: logged incidents with a firearm, a knife or another weapon
-- denominator: none
-- aggregate: sum
-- scale: 1
-- interval: poisson
-- direction: neutral
-- persons: no
-- grain: month
-- stream: log
-- slice: weapon
-- needs: incidents
-- level: school
-- defined_by: New York Education Law 2802; kinds of weapon are this program's
-- caution: As the officer noted it, found or used. Incidents without a note of weapons are not counted. Certified
--   totals count weapons in their own way.
-- version: 1
-- daily: no
SELECT
    school_id,
    day,
    weapon AS slice,
    1 AS numerator,
    NULL::DOUBLE AS denominator
FROM incident
WHERE weapon IN ('firearm', 'knife', 'other')

-- id: R09
-- title: Incidents with force used
-- asks: In how many incidents did an officer use force?
-- unit: incidents
-- numerator: logged incidents in which an officer used force on at least one student
-- denominator: none
-- aggregate: sum
-- scale: 1
-- interval: poisson
-- direction: neutral
-- persons: yes
-- grain: month
-- stream: log
-- slice: none
-- needs: incidents, le_actions
-- level: school
-- defined_by: practice of the Davenport, Iowa, school resource officer dashboard
-- caution: Counts incidents, which tell of few persons, so small counts are hidden. As officers noted it: what counts
--   as force is their agency's rule.
-- version: 1
-- daily: no
SELECT
    school_id,
    day,
    NULL::VARCHAR AS slice,
    1 AS numerator,
    NULL::DOUBLE AS denominator
FROM incident_action
WHERE action = 'use_of_force' AND students > 0

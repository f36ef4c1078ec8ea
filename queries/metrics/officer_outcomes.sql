-- id: R00
-- title: Outcomes of calls that an officer handled
-- asks: How did the calls that an officer handled end?
-- unit: calls
-- numerator: calls for service handled by an officer
-- denominator: none
-- aggregate: sum
-- scale: 1
-- interval: poisson
-- direction: neutral
-- persons: yes
-- grain: month
-- stream: log
-- slice: outcome
-- needs: incidents
-- level: school
-- defined_by: practice of the Davenport, Iowa, school resource officer dashboard
-- caution: The parts add up to the calls that an officer handled. Counts incidents, not students. Small counts are
--   hidden.
-- version: 1
-- daily: no
SELECT
    school_id,
    day,
    outcome AS slice,
    1 AS numerator,
    NULL::DOUBLE AS denominator
FROM incident
WHERE is_call AND handled_by = 'officer'

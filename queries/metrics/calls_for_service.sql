-- id: I03
-- title: Calls for service
-- asks: How many incidents did an officer respond to?
-- unit: calls
-- numerator: incidents to which an officer responded
-- denominator: none
-- aggregate: sum
-- scale: 1
-- interval: poisson
-- direction: neutral
-- persons: no
-- grain: month
-- stream: log
-- slice: none
-- needs: incidents
-- level: school
-- defined_by: practice of the Davenport, Iowa, school resource officer dashboard (any incident to which an officer
--   responds)
-- caution: More calls can mean more trouble or more trust in calling. Neither is read as better or worse.
-- version: 1
-- daily: yes
SELECT
    school_id,
    day,
    NULL::VARCHAR AS slice,
    1 AS numerator,
    NULL::DOUBLE AS denominator
FROM incident
WHERE is_call

-- id: R02
-- title: Resolved by the officer
-- asks: Of the calls that an officer handled, how many ended without further action?
-- unit: percent of calls handled by an officer
-- numerator: calls handled by an officer that were resolved, mediated, referred to a service or unfounded
-- denominator: calls for service handled by an officer
-- aggregate: ratio
-- scale: 100
-- interval: wilson
-- direction: neutral
-- persons: yes
-- grain: month
-- stream: log
-- slice: none
-- needs: incidents
-- level: school
-- defined_by: practice of the Davenport, Iowa, school resource officer dashboard
-- caution: Pending calls are in the denominator, so recent months rise as calls are closed. Counts incidents, not
--   students. Small counts are hidden, as the rest would tell who was charged.
-- version: 1
-- daily: no
SELECT
    school_id,
    day,
    NULL::VARCHAR AS slice,
    if(outcome IN ('resolved', 'mediated', 'referred_service', 'unfounded'), 1, 0) AS numerator,
    1 AS denominator
FROM incident
WHERE is_call AND handled_by = 'officer'

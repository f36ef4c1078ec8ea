-- id: R03
-- title: Diverted instead of charged
-- asks: Where an officer took it further, how often did it go to diversion rather than to a charge?
-- unit: percent of calls diverted or charged
-- numerator: calls handled by an officer that ended in diversion
-- denominator: calls handled by an officer that ended in diversion or a charge
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
-- caution: Counts incidents, not students, and only those that an officer handled. Not every offense may be diverted,
--   so the mix of offenses moves it.
-- version: 1
-- daily: no
SELECT
    school_id,
    day,
    NULL::VARCHAR AS slice,
    if(outcome = 'diversion', 1, 0) AS numerator,
    1 AS denominator
FROM incident
WHERE is_call AND handled_by = 'officer' AND outcome IN ('diversion', 'charged')

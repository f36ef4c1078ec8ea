-- id: R08
-- title: Arrests by offense level
-- asks: For what level of offense were students arrested?
-- unit: arrests
-- numerator: students arrested in logged incidents, by the level of the offense they were arrested for
-- denominator: none
-- aggregate: sum
-- scale: 1
-- interval: poisson
-- direction: neutral
-- persons: yes
-- grain: month
-- stream: log
-- slice: offense
-- needs: incidents, le_actions
-- level: school
-- defined_by: figures released by the school district of Elmira, New York; levels as in the New York Penal Law
-- caution: As the officer noted it, not as charged or judged later. Where no level was noted for the arrest, that of
--   the incident. Small counts are hidden.
-- version: 1
-- daily: no
SELECT
    school_id,
    day,
    offense AS slice,
    students AS numerator,
    NULL::DOUBLE AS denominator
FROM incident_action
WHERE action IN ('arrest_physical', 'arrest_paper')

-- id: R05
-- title: Arrest rate
-- asks: For the students and school days there were, how many arrests were logged?
-- unit: arrests per 1,000 students per 180 school days
-- numerator: students arrested in logged incidents, once for each incident
-- denominator: students enrolled on school days with an officer assigned, added up over the days
-- aggregate: rate
-- scale: 180000
-- interval: poisson
-- direction: neutral
-- persons: yes
-- grain: month
-- stream: log
-- slice: none
-- needs: incidents, le_actions, calendar, enrollment
-- level: school
-- defined_by: this program; what an arrest is, by the Civil Rights Data Collection
-- caution: Arrests, not students. 180 school days are about one school year. Compare the program with its own past;
--   another district's rate may count otherwise.
-- version: 1
-- daily: no
SELECT
    school_id,
    day,
    NULL::VARCHAR AS slice,
    students AS numerator,
    NULL::DOUBLE AS denominator
FROM incident_action
WHERE action IN ('arrest_physical', 'arrest_paper')
UNION ALL
SELECT
    school_id,
    day,
    NULL::VARCHAR AS slice,
    NULL::DOUBLE AS numerator,
    students AS denominator
FROM service_day
WHERE students > 0

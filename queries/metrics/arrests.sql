-- id: R04
-- title: Arrests
-- asks: How many arrests of students did the log note, and were they related to school?
-- unit: arrests
-- numerator: students arrested in logged incidents, taken along or on paper, once for each incident
-- denominator: none
-- aggregate: sum
-- scale: 1
-- interval: poisson
-- direction: neutral
-- persons: yes
-- grain: month
-- stream: log
-- slice: school_related
-- needs: incidents, le_actions
-- level: school
-- defined_by: U.S. Department of Education, Civil Rights Data Collection, as an officers' log can follow it
-- caution: Arrests, not students: someone arrested twice counts twice. Related to school: at school, on a bus, at a
--   school event, or called by its staff. By whichever agency. Small counts are hidden.
-- version: 1
-- daily: no
SELECT
    school_id,
    day,
    school_related AS slice,
    students AS numerator,
    NULL::DOUBLE AS denominator
FROM incident_action
WHERE action IN ('arrest_physical', 'arrest_paper')

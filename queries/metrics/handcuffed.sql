-- id: R10
-- title: Students handcuffed without an arrest
-- asks: How many students were handcuffed and not arrested?
-- unit: students
-- numerator: students handcuffed without an arrest, once for each incident
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
-- defined_by: U.S. Department of Education, Civil Rights Data Collection, as an officers' log can follow it
-- caution: Instances, not students. Small counts are hidden.
-- version: 1
-- daily: no
SELECT
    school_id,
    day,
    NULL::VARCHAR AS slice,
    students AS numerator,
    NULL::DOUBLE AS denominator
FROM incident_action
WHERE action = 'handcuff_no_arrest'

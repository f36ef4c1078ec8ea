-- id: R10s
-- title: Students searched
-- asks: How many students did officers search?
-- unit: students
-- numerator: students searched by officers, once for each incident
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
-- defined_by: Utah Code 53E-3-516, law enforcement in schools, as summarized
-- caution: Instances, not students. Searches by school staff are not in the log. Small counts are hidden.
-- version: 1
-- daily: no
SELECT
    school_id,
    day,
    NULL::VARCHAR AS slice,
    students AS numerator,
    NULL::DOUBLE AS denominator
FROM incident_action
WHERE action = 'search'

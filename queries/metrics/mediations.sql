-- id: E12
-- title: Mediations
-- asks: How many mediations and restorative conferences did officers hold or join?
-- unit: sessions
-- numerator: sessions of mediation or restorative conference
-- denominator: none
-- aggregate: sum
-- scale: 1
-- interval: poisson
-- direction: up
-- persons: no
-- grain: month
-- stream: log
-- slice: none
-- needs: activities
-- level: school
-- defined_by: practice of the Davenport, Iowa, school resource officer dashboard
-- caution: More can mean more conflict or more conflicts settled early. Mediations that an incident ended in are
--   counted under response.
-- version: 1
-- daily: yes
SELECT
    school_id,
    day,
    NULL::VARCHAR AS slice,
    sessions AS numerator,
    NULL::DOUBLE AS denominator
FROM activity
WHERE activity_type = 'mediation'

-- id: X03
-- title: Days until an incident is entered
-- asks: How long after it happened is an incident written into the log?
-- unit: days (median)
-- numerator: median days from the day of an incident to its entry
-- denominator: incidents with a date of entry
-- aggregate: median
-- scale: 1
-- interval: none
-- direction: down
-- persons: no
-- grain: month
-- stream: log
-- slice: none
-- needs: incidents
-- level: school
-- defined_by: this program
-- caution: Recent months look faster than they are: late entries are still to come.
-- version: 1
-- daily: no
SELECT
    school_id,
    day,
    NULL::VARCHAR AS slice,
    date_diff('day', day, entered_at::DATE) AS numerator,
    NULL::DOUBLE AS denominator,
    incident_id AS member
FROM incident
WHERE entered_at::DATE >= day

-- id: I02
-- title: Exposure-adjusted incident rate
-- asks: For the students and school days there were, how many incidents were logged?
-- unit: incidents per 1,000 students per 100 instructional days
-- numerator: incidents logged on instructional days with an officer assigned
-- denominator: students enrolled on those days, added up over the days
-- aggregate: rate
-- scale: 100000
-- interval: poisson
-- direction: neutral
-- persons: no
-- grain: month
-- stream: log
-- slice: category
-- needs: incidents, calendar, enrollment
-- level: school
-- defined_by: this program
-- caution: Compare a school with its own past, not with other schools. Incidents on other days, and schools without an
--   enrollment count, are left out. A program site's students may also be enrolled at a home school. Logged, not
--   certified.
-- version: 1
-- daily: yes
SELECT
    incident.school_id,
    incident.day,
    incident.category AS slice,
    1 AS numerator,
    NULL::DOUBLE AS denominator
FROM incident
INNER JOIN service_day ON incident.school_id = service_day.school_id AND incident.day = service_day.day
WHERE service_day.students > 0
UNION ALL
SELECT
    school_id,
    day,
    NULL::VARCHAR AS slice,
    NULL::DOUBLE AS numerator,
    students AS denominator
FROM service_day
WHERE students > 0

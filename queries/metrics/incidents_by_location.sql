-- id: I12l
-- title: Incidents by place
-- asks: Where in and around schools do incidents happen?
-- unit: incidents
-- numerator: logged incidents
-- denominator: none
-- aggregate: sum
-- scale: 1
-- interval: poisson
-- direction: neutral
-- persons: no
-- grain: month
-- stream: log
-- slice: location
-- needs: incidents
-- level: school
-- defined_by: locations as in 8 NYCRR 100.2(gg)
-- caution: Where students spend more time, more happens. Places that the log does not name are shown as not stated.
-- version: 1
-- daily: no
SELECT
    school_id,
    day,
    coalesce(location, 'unknown') AS slice,
    1 AS numerator,
    NULL::DOUBLE AS denominator
FROM incident

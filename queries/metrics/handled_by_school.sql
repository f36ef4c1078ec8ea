-- id: R01
-- title: Handled by the school
-- asks: Of the calls for service, how many did the school itself handle?
-- unit: percent of calls
-- numerator: calls for service that the school handled
-- denominator: calls for service
-- aggregate: ratio
-- scale: 100
-- interval: wilson
-- direction: neutral
-- persons: no
-- grain: month
-- stream: log
-- slice: none
-- needs: incidents
-- level: school
-- defined_by: practice of the Davenport, Iowa, school resource officer dashboard
-- caution: Neither high nor low is better: it depends on what the calls were about.
-- version: 1
-- daily: no
SELECT
    school_id,
    day,
    NULL::VARCHAR AS slice,
    if(handled_by = 'school', 1, 0) AS numerator,
    1 AS denominator
FROM incident
WHERE is_call

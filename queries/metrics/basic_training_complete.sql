-- id: T01
-- title: Basic school officer course complete
-- asks: How many of the active officers have completed the basic course?
-- unit: percent of active officers
-- numerator: officers with at least 40 hours of the basic school resource officer course by the end of the year or the
--   data date
-- denominator: officers active at any time in the school year
-- aggregate: ratio
-- scale: 100
-- interval: none
-- direction: up
-- persons: no
-- grain: year
-- stream: none
-- slice: none
-- needs: officers, training
-- level: program
-- defined_by: National Association of School Resource Officers, 40 hours before assignment
-- caution: Says who had completed it by the end of the year, not before the first assignment. Over several years each
--   officer counts once a year. The hours stand in program.toml (basic_sro_hours).
-- version: 1
-- daily: no
SELECT
    '*' AS school_id,
    officer_year.first_day AS day,
    NULL::VARCHAR AS slice,
    if(coalesce(sum(training.hours), 0) >= any_value(setting.value), 1, 0) AS numerator,
    1 AS denominator
FROM officer_year
INNER JOIN meta.setting AS setting ON setting.name = 'basic_sro_hours'
LEFT JOIN export.training AS training
    ON
        officer_year.officer_id = training.officer_id
        AND training.topic = 'basic_sro'
        AND coalesce(training.role, 'attendee') = 'attendee'
        AND officer_year.through_day >= training.completed_on
GROUP BY officer_year.officer_id, officer_year.first_day

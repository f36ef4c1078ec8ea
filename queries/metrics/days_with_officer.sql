-- id: C05
-- title: Days with an officer on site
-- asks: On how many school days was an officer there for much of the day?
-- unit: percent of instructional days
-- numerator: instructional days with an officer on site for at least half of the minutes between the bells
--   (covered_day_share in program.toml)
-- denominator: instructional days with an officer assigned
-- aggregate: ratio
-- scale: 100
-- interval: none
-- direction: up
-- persons: no
-- grain: month
-- stream: shifts
-- slice: none
-- needs: shifts, calendar
-- level: school
-- defined_by: this program
-- caution: The threshold is this program's own; a day just below it counts as none. If program.toml sets another share
--   than half, that share applies.
-- version: 1
-- daily: no
SELECT
    coverage_day.school_id,
    coverage_day.day,
    NULL::VARCHAR AS slice,
    if(coverage_day.on_site_minutes >= setting.value * coverage_day.instructional_minutes, 1, 0) AS numerator,
    1 AS denominator
FROM coverage_day
INNER JOIN meta.setting AS setting ON setting.name = 'covered_day_share'
WHERE coverage_day.has_assignment AND coverage_day.instructional_minutes > 0

-- id: C04
-- title: On-site coverage
-- asks: Of the time students were in school, for how much was an officer on site?
-- unit: percent of instructional minutes
-- numerator: minutes between the bells with at least one officer on site
-- denominator: minutes between the bells on instructional days with an officer assigned
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
-- caution: Says where officers were, not what they did. Two officers at once cover a minute once. Before and after the
--   bells, breaks and summer do not count.
-- version: 1
-- daily: yes
SELECT
    school_id,
    day,
    NULL::VARCHAR AS slice,
    on_site_minutes AS numerator,
    instructional_minutes AS denominator
FROM coverage_day
WHERE has_assignment AND instructional_minutes > 0

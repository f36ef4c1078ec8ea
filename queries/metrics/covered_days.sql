-- id: C04d
-- title: Coverage day by day
-- asks: On which days was an officer there, and for how much of the day?
-- unit: percent of the day's instructional minutes
-- numerator: minutes between the bells with at least one officer on site
-- denominator: minutes between the bells of the day
-- aggregate: ratio
-- scale: 100
-- interval: none
-- direction: up
-- persons: no
-- grain: day
-- stream: shifts
-- slice: none
-- needs: shifts, calendar
-- level: school
-- defined_by: this program
-- caution: On-site coverage, kept by day for the calendar. Days without an assignment have no mark.
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

-- id: C15
-- title: Events staffed
-- asks: When an officer was planned for a school event, was one there?
-- unit: percent of planned events
-- numerator: school days with a planned event shift on which an officer was on site for the event
-- denominator: school days with a planned event shift
-- aggregate: ratio
-- scale: 100
-- interval: wilson
-- direction: up
-- persons: no
-- grain: month
-- stream: shifts
-- slice: none
-- needs: shifts
-- level: school
-- defined_by: concept of the West Virginia prevention resource officer program; the measure is this program's
-- caution: Events for which a shift was planned: an event that a school asked for and nobody planned is not in the
--   export. Two events at a school on one day count once.
-- version: 1
-- daily: no
SELECT
    school_id,
    day,
    NULL::VARCHAR AS slice,
    if(bool_or(is_on_site), 1, 0) AS numerator,
    1 AS denominator
FROM shift
WHERE duty_type = 'event'
GROUP BY school_id, day
HAVING bool_or(NOT is_backfill AND status <> 'unscheduled')

-- id: C08
-- title: Shift fill rate
-- asks: Of the hours that were scheduled, how many were worked?
-- unit: percent of scheduled hours
-- numerator: hours worked on scheduled shifts, stand-ins included, up to the scheduled length of each shift
-- denominator: scheduled hours of school and event shifts on instructional days
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
-- caution: Staying late on one shift does not fill another. A shift cancelled on an instructional day counts as not
--   filled. A time for which nobody was scheduled is not missing here: see uncovered days.
-- version: 1
-- daily: no
SELECT
    shift.school_id,
    shift.day,
    NULL::VARCHAR AS slice,
    if(shift.scheduled_hours > 0, least(shift.actual_hours, shift.scheduled_hours), shift.actual_hours) AS numerator,
    if(shift.is_backfill, 0, shift.scheduled_hours) AS denominator
FROM shift
INNER JOIN service_day ON shift.school_id = service_day.school_id AND shift.day = service_day.day
WHERE shift.is_school_duty AND (shift.is_backfill OR shift.scheduled_hours > 0)

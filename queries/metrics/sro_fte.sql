-- id: C03
-- title: Officers in full-time equivalents
-- asks: How many full-time officers do the scheduled school hours amount to?
-- unit: full-time equivalents
-- numerator: scheduled hours of school and event shifts on instructional days, stand-ins and cancelled shifts left out
-- denominator: hours of a full-time schedule on the same days: one fifth of a full-time week each
-- aggregate: ratio
-- scale: 1
-- interval: none
-- direction: neutral
-- persons: no
-- grain: month
-- stream: shifts
-- slice: none
-- needs: shifts, calendar
-- level: school
-- defined_by: U.S. Department of Education, Civil Rights Data Collection, staff counts in full-time equivalents
-- caution: Scheduled, not worked: see shift fill rate. Days count when any school of the program was in session. The
--   full-time week is that of this office's settings.
-- version: 1
-- daily: no
WITH
    school_day AS (
        SELECT DISTINCT day
        FROM service_day
    )

SELECT
    shift.school_id,
    shift.day,
    NULL::VARCHAR AS slice,
    shift.scheduled_hours AS numerator,
    NULL::DOUBLE AS denominator
FROM shift
INNER JOIN school_day ON shift.day = school_day.day
WHERE shift.is_school_duty AND NOT shift.is_backfill AND shift.status <> 'cancelled'
UNION ALL
SELECT
    '*' AS school_id,
    school_day.day,
    NULL::VARCHAR AS slice,
    NULL::DOUBLE AS numerator,
    setting.value / 5 AS denominator
FROM school_day
INNER JOIN meta.setting AS setting ON setting.name = 'full_time_hours_per_week'

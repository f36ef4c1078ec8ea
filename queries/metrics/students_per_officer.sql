-- id: C14
-- title: Students per full-time officer
-- asks: How many students are there for each full-time officer?
-- unit: students per full-time equivalent
-- numerator: enrollment of served schools, summed over instructional days
-- denominator: full-time officer days: scheduled hours of school and event shifts over one fifth of a full-time week
-- aggregate: ratio
-- scale: 1
-- interval: none
-- direction: neutral
-- persons: no
-- grain: month
-- stream: shifts
-- slice: none
-- needs: shifts, calendar, enrollment
-- level: school
-- defined_by: U.S. Department of Education, Civil Rights Data Collection, for full-time equivalents; the ratio is
--   this program's
-- caution: No number here is a standard. Scheduled hours, not worked ones. Program sites lend their officers but not
--   their students, who are counted at home.
-- version: 1
-- daily: no
SELECT
    service_day.school_id,
    service_day.day,
    NULL::VARCHAR AS slice,
    service_day.students AS numerator,
    NULL::DOUBLE AS denominator
FROM service_day
INNER JOIN school ON service_day.school_id = school.school_id
WHERE school.counts_in_total AND service_day.students IS NOT NULL
UNION ALL
SELECT
    shift.school_id,
    shift.day,
    NULL::VARCHAR AS slice,
    NULL::DOUBLE AS numerator,
    shift.scheduled_hours / (setting.value / 5) AS denominator
FROM shift
INNER JOIN service_day ON shift.school_id = service_day.school_id AND shift.day = service_day.day
INNER JOIN meta.setting AS setting ON setting.name = 'full_time_hours_per_week'
WHERE shift.is_school_duty AND NOT shift.is_backfill AND shift.status <> 'cancelled'

-- id: C14
-- title: Students per full-time officer
-- asks: How many students does one full-time officer serve?
-- unit: students per full-time equivalent
-- numerator: students enrolled on instructional days with an officer assigned, added up over the days
-- denominator: scheduled hours at the same schools on the same days, in full-time days
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
-- defined_by: U.S. Department of Education, Civil Rights Data Collection, for full-time equivalents; the ratio is this
--   program's
-- caution: Describes staffing and sets no standard. Scheduled, not worked. Schools without an enrollment count and
--   program sites whose students are enrolled elsewhere are left out with their hours.
-- version: 1
-- daily: no
WITH
    student_day AS (
        SELECT
            service_day.school_id,
            service_day.day,
            service_day.students
        FROM service_day
        INNER JOIN school ON service_day.school_id = school.school_id
        WHERE school.counts_in_total AND service_day.students > 0
    )

SELECT
    school_id,
    day,
    NULL::VARCHAR AS slice,
    students AS numerator,
    NULL::DOUBLE AS denominator
FROM student_day
UNION ALL
SELECT
    shift.school_id,
    shift.day,
    NULL::VARCHAR AS slice,
    NULL::DOUBLE AS numerator,
    shift.scheduled_hours / (setting.value / 5) AS denominator
FROM shift
INNER JOIN student_day ON shift.school_id = student_day.school_id AND shift.day = student_day.day
INNER JOIN meta.setting AS setting ON setting.name = 'full_time_hours_per_week'
WHERE shift.is_school_duty AND NOT shift.is_backfill AND shift.status <> 'cancelled'

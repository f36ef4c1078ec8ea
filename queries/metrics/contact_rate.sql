-- id: E06
-- title: Mentoring contact rate
-- asks: How often, for the size of the school, did officers mentor or check in?
-- unit: contacts per 100 students per 20 instructional days
-- numerator: mentoring contacts on instructional days
-- denominator: students enrolled on instructional days with an officer assigned, added up over the days
-- aggregate: rate
-- scale: 2000
-- interval: none
-- direction: up
-- persons: no
-- grain: month
-- stream: log
-- slice: none
-- needs: activities, calendar, enrollment
-- level: school
-- defined_by: this program
-- caution: Twenty instructional days are about a month of school. Contacts on other days are left out, as those days
--   have no students to compare with. Schools without an enrollment count are left out.
-- version: 1
-- daily: no
SELECT
    activity.school_id,
    activity.day,
    NULL::VARCHAR AS slice,
    coalesce(activity.contacts, 1) AS numerator,
    NULL::DOUBLE AS denominator
FROM activity
INNER JOIN service_day ON activity.school_id = service_day.school_id AND activity.day = service_day.day
WHERE
    activity.activity_type IN ('mentoring_1to1', 'informal_check_in', 'small_group')
    AND service_day.students > 0
UNION ALL
SELECT
    school_id,
    day,
    NULL::VARCHAR AS slice,
    NULL::DOUBLE AS numerator,
    students AS denominator
FROM service_day
WHERE students > 0

-- id: E05
-- title: Mentoring contacts
-- asks: How often did officers mentor or check in with students?
-- unit: contacts
-- numerator: contacts in one-to-one mentoring, informal check-ins and small groups
-- denominator: none
-- aggregate: sum
-- scale: 1
-- interval: none
-- direction: up
-- persons: no
-- grain: month
-- stream: log
-- slice: none
-- needs: activities
-- level: school
-- defined_by: National Center for Education Statistics, School Survey on Crime and Safety (mentoring students); the
--   count is this program's
-- caution: Contacts, not students: the same student may be counted again. An entry without a number counts as one
--   contact.
-- version: 1
-- daily: no
SELECT
    school_id,
    day,
    NULL::VARCHAR AS slice,
    coalesce(contacts, 1) AS numerator,
    NULL::DOUBLE AS denominator
FROM activity
WHERE activity_type IN ('mentoring_1to1', 'informal_check_in', 'small_group')

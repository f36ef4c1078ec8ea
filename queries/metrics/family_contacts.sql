-- id: E11
-- title: Family contacts and home visits
-- asks: How often were officers in touch with families?
-- unit: contacts
-- numerator: contacts with families and home visits
-- denominator: none
-- aggregate: sum
-- scale: 1
-- interval: none
-- direction: neutral
-- persons: no
-- grain: month
-- stream: log
-- slice: none
-- needs: activities
-- level: school
-- defined_by: practice of the Davenport, Iowa, school resource officer dashboard
-- caution: Contacts, not families: the same family may be counted again. More is not better in itself.
-- version: 1
-- daily: no
SELECT
    school_id,
    day,
    NULL::VARCHAR AS slice,
    coalesce(contacts, 1) AS numerator,
    NULL::DOUBLE AS denominator
FROM activity
WHERE activity_type IN ('family_contact', 'home_visit')

-- id: O03
-- title: Official incidents, cut another way
-- asks: How many incidents do the official totals show in categories that overlap the others?
-- unit: incidents
-- numerator: incidents of a category that the authority marks as part of other categories
-- denominator: none
-- aggregate: sum
-- scale: 1
-- interval: poisson
-- direction: neutral
-- persons: no
-- grain: year
-- stream: official
-- slice: category
-- needs: official_incidents, incident_categories
-- level: school
-- defined_by: the authority that certifies the totals
-- caution: The same incidents as in O01, cut by another question (property or violent); never added to O01.
-- version: 1
-- daily: no
SELECT
    school_id,
    first_day AS day,
    category AS slice,
    n AS numerator,
    NULL::DOUBLE AS denominator
FROM official_total
WHERE n IS NOT NULL AND part_of_others

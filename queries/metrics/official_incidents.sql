-- id: O01
-- title: Official incident totals
-- asks: How many incidents do the official annual totals show?
-- unit: incidents
-- numerator: incidents in the official totals of the school year
-- denominator: none
-- aggregate: sum
-- scale: 1
-- interval: poisson
-- direction: neutral
-- persons: no
-- grain: year
-- stream: official
-- slice: category
-- needs: official_incidents
-- level: school
-- defined_by: the authority that certifies the totals (in New York the State Education Department, School Safety and
--   Educational Climate)
-- caution: A stream of its own: never added to the officers' log. Categories follow the scheme in force; totals of
--   different schemes are not one series. Categories that overlap others stand in O03.
-- version: 1
-- daily: no
SELECT
    school_id,
    first_day AS day,
    category AS slice,
    n AS numerator,
    NULL::DOUBLE AS denominator
FROM official_total
WHERE n IS NOT NULL AND NOT part_of_others

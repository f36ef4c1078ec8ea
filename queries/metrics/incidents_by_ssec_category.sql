-- id: I04
-- title: Logged incidents by state category
-- asks: How many logged incidents carry a state reporting code, and which?
-- unit: incidents
-- numerator: incidents of the officers' log with a state event code
-- denominator: none
-- aggregate: sum
-- scale: 1
-- interval: poisson
-- direction: neutral
-- persons: no
-- grain: month
-- stream: log
-- slice: category
-- needs: incidents
-- level: school
-- defined_by: New York State Education Department, School Safety and Educational Climate categories
-- caution: The categories changed on 1 July 2021: codes before and after are kept apart, and a line across is broken.
--   An officer's coding, not the certified total; since 2021 some certified categories count felonies referred to
--   police only.
-- version: 1
-- daily: no
SELECT
    school_id,
    day,
    category AS slice,
    1 AS numerator,
    NULL::DOUBLE AS denominator
FROM incident
WHERE category_scheme LIKE 'ssec%'

-- id: C13
-- title: Days to fill a vacancy
-- asks: How long does a position stay empty before an officer fills it?
-- unit: days (median)
-- numerator: median days from the vacancy of a position to its filling
-- denominator: vacancies filled
-- aggregate: median
-- scale: 1
-- interval: none
-- direction: down
-- persons: no
-- grain: month
-- stream: none
-- slice: none
-- needs: positions
-- level: program
-- defined_by: concept of the Office of Community Oriented Policing Services, hiring awards; the measure is this
--   program's
-- caution: Vacancies that are still open are not in it, so it looks best while one is long. Each position has its
--   latest vacancy only.
-- version: 1
-- daily: no
SELECT
    '*' AS school_id,
    filled_on AS day,
    NULL::VARCHAR AS slice,
    date_diff('day', vacated_on, filled_on) AS numerator,
    NULL::DOUBLE AS denominator,
    position_id || ':' || filled_on AS member
FROM export.positions
WHERE filled_on >= vacated_on AND filled_on <= (SELECT data_through FROM data_date)

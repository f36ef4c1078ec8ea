-- id: G01
-- title: Cost of a covered school day
-- asks: What does a day with an officer at a school cost?
-- unit: dollars per covered school day
-- numerator: money spent in the school year
-- denominator: instructional days at schools with an officer on site
-- aggregate: ratio
-- scale: 1
-- interval: none
-- direction: neutral
-- persons: no
-- grain: year
-- stream: none
-- slice: none
-- needs: costs, shifts, calendar, assignments
-- level: program
-- defined_by: practice of published school resource officer contracts
-- caution: All cost over all covered days, whoever paid. A year under way counts what was booked so far. Cheaper is
--   not better: see what was delivered.
-- version: 1
-- daily: no
WITH
    spent AS (
        SELECT
            school_year,
            sum(amount) AS amount
        FROM export.costs
        GROUP BY school_year
    ),

    covered AS (
        SELECT
            school_year_of(day) AS school_year,
            count(*) AS days
        FROM coverage_day
        WHERE has_assignment AND on_site_minutes > 0
        GROUP BY school_year_of(day)
    )

SELECT
    '*' AS school_id,
    program_year.first_day AS day,
    NULL::VARCHAR AS slice,
    spent.amount AS numerator,
    covered.days AS denominator
FROM program_year
INNER JOIN spent ON program_year.school_year = spent.school_year
INNER JOIN covered ON program_year.school_year = covered.school_year

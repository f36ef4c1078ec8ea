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
-- level: district
-- defined_by: practice of published school resource officer contracts
-- caution: All cost over all covered days of the districts whose cost is on file, whoever paid. A year under way counts
--   what was booked so far. Cheaper is not better: see what was delivered.
-- version: 2
-- daily: no
WITH
    spent AS (
        SELECT
            school_year,
            district_id,
            sum(amount) AS amount
        FROM export.costs
        GROUP BY school_year, district_id
    ),

    covered AS (
        SELECT
            school_year_of(coverage_day.day) AS school_year,
            school.district_id,
            count(*) AS days
        FROM coverage_day
        INNER JOIN school ON coverage_day.school_id = school.school_id
        WHERE coverage_day.has_assignment AND coverage_day.on_site_minutes > 0
        GROUP BY school_year_of(coverage_day.day), school.district_id
    )

SELECT
    spent.district_id AS school_id,
    program_year.first_day AS day,
    NULL::VARCHAR AS slice,
    spent.amount AS numerator,
    coalesce(covered.days, 0) AS denominator
FROM program_year
INNER JOIN spent ON program_year.school_year = spent.school_year
LEFT JOIN covered ON spent.school_year = covered.school_year AND spent.district_id = covered.district_id
WHERE program_year.school_year IN (SELECT any_covered.school_year FROM covered AS any_covered)

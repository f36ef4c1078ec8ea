-- id: G00
-- title: Money spent
-- asks: What was spent on the program, and on what?
-- unit: dollars
-- numerator: amounts booked in the school year
-- denominator: none
-- aggregate: sum
-- scale: 1
-- interval: none
-- direction: neutral
-- persons: no
-- grain: year
-- stream: none
-- slice: cost_type
-- needs: costs
-- level: district
-- defined_by: this program
-- caution: As booked by the office; what districts spend on their own is not in it.
-- version: 2
-- daily: no
SELECT
    costs.district_id AS school_id,
    program_year.first_day AS day,
    costs.cost_type AS slice,
    costs.amount AS numerator,
    NULL::DOUBLE AS denominator
FROM export.costs AS costs
INNER JOIN program_year ON costs.school_year = program_year.school_year

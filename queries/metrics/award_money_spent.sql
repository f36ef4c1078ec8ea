-- id: G04
-- title: Money spent from awards
-- asks: How much of each award was spent?
-- unit: dollars
-- numerator: amounts booked in the school year whose funding source is the award
-- denominator: none
-- aggregate: sum
-- scale: 1
-- interval: none
-- direction: neutral
-- persons: no
-- grain: year
-- stream: none
-- slice: grant
-- needs: costs, grants
-- level: district
-- defined_by: this program, after question 1 of the COPS performance report (obligated, expended or drawn down)
-- caution: As booked by school year, so of an award's first and last year also what was booked
--   before or after it. The share of the award stands on Grants and money.
-- version: 1
-- daily: no
SELECT
    costs.district_id AS school_id,
    program_year.first_day AS day,
    grants.grant_id AS slice,
    costs.amount AS numerator,
    NULL::DOUBLE AS denominator
FROM export.costs AS costs
INNER JOIN program_year ON costs.school_year = program_year.school_year
INNER JOIN export.grants AS grants ON costs.funding_source = concat('grant:', grants.grant_id)

-- id: Q04
-- title: Diverted instead of arrested, by race and ethnicity
-- asks: Of students diverted or arrested, were those of each group diverted alike?
-- unit: percent of students diverted or arrested
-- numerator: students referred to diversion
-- denominator: students referred to diversion or arrested
-- aggregate: ratio
-- scale: 100
-- interval: wilson
-- direction: neutral
-- persons: yes
-- grain: year
-- stream: none
-- slice: race_eth
-- needs: le_action_demographics
-- level: program
-- defined_by: groups by the Civil Rights Data Collection; the comparison is this program's
-- caution: Of school years that are over, for the whole program. Tickets and citations are left out. Not every
--   offense may be diverted, so the mix of offenses moves it. Small counts, and few others, are hidden.
-- version: 1
-- daily: no
SELECT
    '*' AS school_id,
    program_year.first_day AS day,
    demographics.subgroup AS slice,
    sum(demographics.n) FILTER (WHERE demographics.action = 'diversion_referral') AS numerator,
    sum(demographics.n) AS denominator
FROM export.le_action_demographics AS demographics
INNER JOIN program_year ON demographics.school_year = program_year.school_year AND program_year.is_over
WHERE
    demographics.subgroup_dim = 'race_eth'
    AND demographics.action IN ('diversion_referral', 'arrest_physical', 'arrest_paper')
GROUP BY program_year.first_day, demographics.subgroup

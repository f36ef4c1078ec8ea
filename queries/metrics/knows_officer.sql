-- id: P04
-- title: Know their officer
-- asks: How many students know who their officer is?
-- unit: percent of answers
-- numerator: answers yes
-- denominator: answers yes, no and unsure
-- aggregate: ratio
-- scale: 100
-- interval: wilson
-- direction: up
-- persons: no
-- grain: year
-- stream: none
-- slice: respondent
-- needs: surveys
-- level: program
-- defined_by: practice of the Wake County, North Carolina, survey
-- caution: Those who answered, who may differ from those who did not: read it beside the response rate. Program only,
--   and nothing under ten answers. Those unsure stand apart, as a share of their own.
-- version: 1
-- daily: no
SELECT
    '*' AS school_id,
    first_day AS day,
    respondent AS slice,
    sum(n) FILTER (WHERE response IN ('yes', 'yes')) AS numerator,
    sum(n) AS denominator
FROM survey_answer
WHERE item_id = 'knows_officer'
GROUP BY first_day, respondent
HAVING sum(n) >= 10

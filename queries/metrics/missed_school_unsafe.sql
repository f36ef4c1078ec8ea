-- id: P05
-- title: Stayed home feeling unsafe
-- asks: How many students missed school in the last 30 days for feeling unsafe?
-- unit: percent of answers
-- numerator: answers of one day or more
-- denominator: answers to the question
-- aggregate: ratio
-- scale: 100
-- interval: wilson
-- direction: down
-- persons: no
-- grain: year
-- stream: none
-- slice: respondent
-- needs: surveys
-- level: program
-- defined_by: Centers for Disease Control and Prevention, Youth Risk Behavior Survey
-- caution: Those who answered, who may differ from those who did not: read it beside the response rate. Program only,
--   and nothing under ten answers.
-- version: 1
-- daily: no
SELECT
    '*' AS school_id,
    first_day AS day,
    respondent AS slice,
    sum(n) FILTER (WHERE response IN ('1', '2_3', '4_5', '6_or_more')) AS numerator,
    sum(n) AS denominator
FROM survey_answer
WHERE item_id = 'days_missed_unsafe'
GROUP BY first_day, respondent
HAVING sum(n) >= 10

-- id: P02
-- title: Feel unsafe at school
-- asks: How many of those asked feel unsafe at school?
-- unit: percent of answers
-- numerator: answers that one feels unsafe or very unsafe
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
-- defined_by: scale of the Davenport, Iowa, school survey
-- caution: Those who answered, who may differ from those who did not: read it beside the response rate. Program only,
--   and nothing under ten answers. Those in the middle are in neither share.
-- version: 1
-- daily: no
SELECT
    '*' AS school_id,
    first_day AS day,
    respondent AS slice,
    sum(n) FILTER (WHERE response IN ('unsafe', 'very_unsafe', 'disagree', 'strongly_disagree')) AS numerator,
    sum(n) AS denominator
FROM survey_answer
WHERE item_id = 'feel_safe'
GROUP BY first_day, respondent
HAVING sum(n) >= 10

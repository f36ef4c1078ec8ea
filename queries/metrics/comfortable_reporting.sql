-- id: P03
-- title: Comfortable reporting to the officer
-- asks: How many students would report a problem to the officer?
-- unit: percent of answers
-- numerator: answers that agree or strongly agree
-- denominator: answers to the question
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
-- defined_by: National Institute of Justice, survey of students on school resource officers
-- caution: Those who answered, who may differ from those who did not: read it beside the response rate. Program only,
--   and nothing under ten answers.
-- version: 1
-- daily: no
SELECT
    '*' AS school_id,
    first_day AS day,
    respondent AS slice,
    sum(n) FILTER (WHERE response IN ('agree', 'strongly_agree')) AS numerator,
    sum(n) AS denominator
FROM survey_answer
WHERE item_id = 'report_comfort'
GROUP BY first_day, respondent
HAVING sum(n) >= 10

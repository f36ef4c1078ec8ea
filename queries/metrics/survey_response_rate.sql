-- id: P06
-- title: Survey response rate
-- asks: How many of those invited to a survey answered it?
-- unit: percent of those invited
-- numerator: answers to the question that most answered
-- denominator: people invited
-- aggregate: ratio
-- scale: 100
-- interval: none
-- direction: up
-- persons: no
-- grain: year
-- stream: none
-- slice: respondent
-- needs: surveys
-- level: program
-- defined_by: this program
-- caution: Under half, those who answered may well differ from those who did not. Not a sample, so no interval.
-- version: 1
-- daily: no
WITH
    item AS (
        SELECT
            survey_id,
            first_day,
            respondent,
            item_id,
            sum(n) AS answers,
            max(n_invited) AS invited
        FROM survey_answer
        GROUP BY survey_id, first_day, respondent, item_id
    )

SELECT
    '*' AS school_id,
    first_day AS day,
    respondent AS slice,
    max(answers) AS numerator,
    max(invited) AS denominator
FROM item
WHERE invited > 0
GROUP BY survey_id, first_day, respondent

-- No item of a survey has more answers than persons who were asked.
-- rule: more_answers_than_invited
-- severity: warning
-- table: surveys
-- needs: surveys
-- says: Item {item_id} of {survey_id} at {school_id} has {answers} answers of {respondent}s; {n_invited} were asked.
-- remedy: Correct n or n_invited.
-- effect: The response rate reads over 100%; shares of answers hold.
SELECT
    min(_row) AS row_number,
    min(_file) AS file,
    'n_invited' AS column_name,
    max(n_invited)::VARCHAR AS value,
    survey_id,
    school_id,
    respondent,
    item_id,
    sum(n)::BIGINT AS answers,
    max(n_invited) AS n_invited
FROM export.surveys
GROUP BY survey_id, school_id, respondent, item_id
HAVING sum(n) > max(n_invited)

-- Answers of the whole program by survey, question and answer: the row of ALL where there is one, else all schools.
CREATE VIEW survey_answer AS
WITH
    answer AS (
        SELECT
            surveys.survey_id,
            surveys.respondent,
            surveys.item_id,
            surveys.response,
            program_year.first_day,
            surveys.school_id = 'ALL' AS is_total,
            surveys.n,
            surveys.n_invited
        FROM export.surveys AS surveys
        INNER JOIN program_year ON
            coalesce(surveys.administered_to, surveys.administered_from)
            BETWEEN program_year.first_day AND program_year.through_day
    )

SELECT
    survey_id,
    respondent,
    item_id,
    response,
    first_day,
    if(bool_or(is_total), sum(n) FILTER (WHERE is_total), sum(n)) AS n,
    if(bool_or(is_total), max(n_invited) FILTER (WHERE is_total), sum(n_invited)) AS n_invited
FROM answer
GROUP BY survey_id, respondent, item_id, response, first_day;

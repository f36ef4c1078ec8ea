-- id: X02
-- title: Schools with no incident logged
-- asks: Which schools sent every log and not one incident in the school year?
-- unit: schools
-- numerator: schools whose every log came in and that logged no incident
-- denominator: schools whose every log came in
-- aggregate: sum
-- scale: 1
-- interval: none
-- direction: neutral
-- persons: no
-- grain: year
-- stream: none
-- slice: none
-- needs: incidents, log_submissions
-- level: school
-- defined_by: practice of the New York State Education Department's monitoring, which looks first at schools that
--   report none
-- caution: A list to ask about, not a finding: a quiet school and one that does not log look the same. Over several
--   years a school counts once a year.
-- version: 1
-- daily: no
WITH
    complete_year AS (
        SELECT
            school_id,
            school_year_of(month) AS school_year
        FROM reporting_month
        WHERE stream = 'log' AND expected
        GROUP BY school_id, school_year_of(month)
        HAVING bool_and(received)
    ),

    incident_year AS (
        SELECT DISTINCT
            school_id,
            school_year_of(day) AS school_year
        FROM incident
    )

SELECT
    complete_year.school_id,
    program_year.first_day AS day,
    NULL::VARCHAR AS slice,
    if(incident_year.school_id IS NULL, 1, 0) AS numerator,
    1 AS denominator
FROM complete_year
INNER JOIN program_year ON complete_year.school_year = program_year.school_year
LEFT JOIN incident_year
    ON complete_year.school_id = incident_year.school_id AND complete_year.school_year = incident_year.school_year

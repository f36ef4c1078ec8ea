-- A school whose every log came in has at least one incident a school year.
-- rule: year_without_incident
-- severity: warning
-- table: schools
-- needs: incidents, log_submissions
-- says: Every log of {school_id} for {school_year} came in, and none holds an incident.
-- remedy: Ask the school and its officer: a quiet year and a log that is not kept look the same.
-- effect: The school counts with zero; it is listed for review.
WITH
    logged_year AS (
        SELECT
            school_id,
            year(month - INTERVAL 6 MONTH) AS opening
        FROM export.log_submissions
        GROUP BY school_id, year(month - INTERVAL 6 MONTH)
        -- Ten months are a school year.
        HAVING count(*) >= 10 AND bool_and(submitted OR coalesce(nothing_to_report, FALSE))
    )

SELECT
    schools._row AS row_number,
    schools._file AS file,
    'school_id' AS column_name,
    schools.school_id AS value,
    schools.school_id,
    format('{}-{:02d}', logged_year.opening, (logged_year.opening + 1) % 100) AS school_year
FROM logged_year
INNER JOIN export.schools AS schools ON logged_year.school_id = schools.school_id
ANTI JOIN export.incidents AS incidents
    ON
        logged_year.school_id = incidents.school_id
        AND logged_year.opening = year(incidents.occurred_on - INTERVAL 6 MONTH)

-- Incidents of the officers' log happen at schools that have an officer.
-- rule: no_officer_provided
-- severity: warning
-- table: incidents
-- needs: incidents
-- says: The export says that nobody provided an officer for {school_id} on {occurred_on}.
-- remedy: Correct the school, or the provider in schools or school_provider_history.
-- effect: The incident counts in the log's totals, and in no rate per served school.
-- What the history says of the day goes before what schools says of the data date; an assignment overrules both.
WITH
    uncovered AS (
        SELECT
            incidents._row,
            incidents._file,
            incidents.school_id,
            incidents.occurred_on
        FROM export.incidents AS incidents
        INNER JOIN export.schools AS schools ON incidents.school_id = schools.school_id
        LEFT JOIN export.school_provider_history AS history
            ON
                incidents.school_id = history.school_id
                AND incidents.occurred_on BETWEEN history.from_date AND coalesce(history.to_date, DATE '9999-12-31')
        GROUP BY incidents._row, incidents._file, incidents.school_id, incidents.occurred_on
        HAVING bool_and(coalesce(history.provider_agency, schools.provider_agency, 'unknown') = 'none')
    )

SELECT
    uncovered._row AS row_number,
    uncovered._file AS file,
    'school_id' AS column_name,
    uncovered.school_id AS value,
    uncovered.school_id,
    uncovered.occurred_on
FROM uncovered
ANTI JOIN export.assignments AS assignments
    ON
        uncovered.school_id = assignments.school_id
        AND uncovered.occurred_on BETWEEN assignments.start_date AND coalesce(assignments.end_date, DATE '9999-12-31')

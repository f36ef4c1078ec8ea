-- Every table holds as many rows as the manifest counts.
-- rule: row_count_differs
-- severity: error
-- table: manifest
-- needs: manifest
-- says: The manifest counts {listed} rows of {table_name}; the file holds {found}.
-- remedy: Export the table again: it may have been cut off or edited after the export.
WITH
    counted AS (
        SELECT
            listed.table_name,
            listed.found
        FROM (
            VALUES
            ('activities', (SELECT count(*) FROM export.activities)),
            ('annotations', (SELECT count(*) FROM export.annotations)),
            ('assignments', (SELECT count(*) FROM export.assignments)),
            ('benchmarks', (SELECT count(*) FROM export.benchmarks)),
            ('calendar', (SELECT count(*) FROM export.calendar)),
            ('complaints', (SELECT count(*) FROM export.complaints)),
            ('costs', (SELECT count(*) FROM export.costs)),
            ('districts', (SELECT count(*) FROM export.districts)),
            ('drills', (SELECT count(*) FROM export.drills)),
            ('enrollment', (SELECT count(*) FROM export.enrollment)),
            ('grant_measures', (SELECT count(*) FROM export.grant_measures)),
            ('grant_periods', (SELECT count(*) FROM export.grant_periods)),
            ('grant_targets', (SELECT count(*) FROM export.grant_targets)),
            ('grants', (SELECT count(*) FROM export.grants)),
            ('incident_categories', (SELECT count(*) FROM export.incident_categories)),
            ('incidents', (SELECT count(*) FROM export.incidents)),
            ('le_action_demographics', (SELECT count(*) FROM export.le_action_demographics)),
            ('le_actions', (SELECT count(*) FROM export.le_actions)),
            ('log_submissions', (SELECT count(*) FROM export.log_submissions)),
            ('officers', (SELECT count(*) FROM export.officers)),
            ('official_incidents', (SELECT count(*) FROM export.official_incidents)),
            ('positions', (SELECT count(*) FROM export.positions)),
            ('requirements', (SELECT count(*) FROM export.requirements)),
            ('safety_consultations', (SELECT count(*) FROM export.safety_consultations)),
            ('school_provider_history', (SELECT count(*) FROM export.school_provider_history)),
            ('schools', (SELECT count(*) FROM export.schools)),
            ('shifts', (SELECT count(*) FROM export.shifts)),
            ('surveys', (SELECT count(*) FROM export.surveys)),
            ('threat_assessments', (SELECT count(*) FROM export.threat_assessments)),
            ('training', (SELECT count(*) FROM export.training)),
            ('youth_program_periods', (SELECT count(*) FROM export.youth_program_periods))
        ) AS listed (table_name, found)
    )

SELECT
    manifest._row AS row_number,
    manifest._file AS file,
    'row_count' AS column_name,
    manifest.row_count::VARCHAR AS value,
    manifest.table_name,
    manifest.row_count AS listed,
    counted.found
FROM export.manifest AS manifest
INNER JOIN counted ON manifest.table_name = counted.table_name
WHERE manifest.row_count <> counted.found

-- No row speaks of a day outside the period that the manifest names for its table.
-- rule: date_outside_period
-- severity: error
-- table: several
-- needs: manifest
-- says: The day lies outside the period of {table_name} in the manifest, {period_start} to {period_end}.
-- remedy: Correct the date, or the period in the manifest.
WITH
    dated AS (
        SELECT
            'shifts' AS table_name,
            'date' AS column_name,
            date AS day,
            _file,
            _row
        FROM export.shifts
        UNION ALL
        SELECT
            'activities' AS table_name,
            'date' AS column_name,
            date AS day,
            _file,
            _row
        FROM export.activities
        UNION ALL
        SELECT
            'incidents' AS table_name,
            'occurred_on' AS column_name,
            occurred_on AS day,
            _file,
            _row
        FROM export.incidents
        UNION ALL
        SELECT
            'drills' AS table_name,
            'date' AS column_name,
            date AS day,
            _file,
            _row
        FROM export.drills
        UNION ALL
        SELECT
            'training' AS table_name,
            'completed_on' AS column_name,
            completed_on AS day,
            _file,
            _row
        FROM export.training
        UNION ALL
        SELECT
            'safety_consultations' AS table_name,
            'date' AS column_name,
            date AS day,
            _file,
            _row
        FROM export.safety_consultations
        UNION ALL
        SELECT
            'complaints' AS table_name,
            'received_on' AS column_name,
            received_on AS day,
            _file,
            _row
        FROM export.complaints
        UNION ALL
        SELECT
            'log_submissions' AS table_name,
            'month' AS column_name,
            month AS day,
            _file,
            _row
        FROM export.log_submissions
        UNION ALL
        SELECT
            'surveys' AS table_name,
            'administered_to' AS column_name,
            administered_to AS day,
            _file,
            _row
        FROM export.surveys
    )

SELECT
    dated._row AS row_number,
    dated._file AS file,
    dated.table_name,
    dated.column_name,
    dated.day::VARCHAR AS value,
    manifest.period_start,
    manifest.period_end
FROM dated
INNER JOIN export.manifest AS manifest ON dated.table_name = manifest.table_name
WHERE
    dated.day > manifest.period_end
    -- Officers bring training with them; a month belongs to the period when any of its days does.
    OR (
        dated.table_name <> 'training'
        AND dated.day < if(
            dated.table_name = 'log_submissions',
            date_trunc('month', manifest.period_start)::DATE,
            manifest.period_start
        )
    )

-- Nothing is reported before it has happened.
-- rule: date_in_the_future
-- severity: error
-- table: several
-- needs: none
-- says: The day has not come yet.
-- remedy: Correct the date; leave out what is only planned.
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
        UNION ALL
        SELECT
            'manifest' AS table_name,
            'period_end' AS column_name,
            period_end AS day,
            _file,
            _row
        FROM export.manifest
        -- Calendars and grants may reach into the future; logs cannot.
        WHERE table_name IN ('shifts', 'activities', 'incidents', 'log_submissions')
    )

SELECT
    _row AS row_number,
    _file AS file,
    table_name,
    column_name,
    day::VARCHAR AS value
FROM dated
WHERE day > $today

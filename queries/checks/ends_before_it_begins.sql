-- No span of days ends before it begins.
-- rule: ends_before_it_begins
-- severity: error
-- table: several
-- needs: none
-- says: It ends on {last_day}, before it begins on {first_day}.
-- remedy: Correct one of the two dates.
WITH
    span AS (
        SELECT
            'schools' AS table_name,
            'closed_on' AS column_name,
            opened_on AS first_day,
            closed_on AS last_day,
            _file,
            _row
        FROM export.schools
        UNION ALL
        SELECT
            'districts' AS table_name,
            'mou_effective_to' AS column_name,
            mou_effective_from AS first_day,
            mou_effective_to AS last_day,
            _file,
            _row
        FROM export.districts
        UNION ALL
        SELECT
            'school_provider_history' AS table_name,
            'to_date' AS column_name,
            from_date AS first_day,
            to_date AS last_day,
            _file,
            _row
        FROM export.school_provider_history
        UNION ALL
        SELECT
            'officers' AS table_name,
            'end_date' AS column_name,
            hire_date AS first_day,
            end_date AS last_day,
            _file,
            _row
        FROM export.officers
        UNION ALL
        SELECT
            'positions' AS table_name,
            'authorized_to' AS column_name,
            authorized_from AS first_day,
            authorized_to AS last_day,
            _file,
            _row
        FROM export.positions
        UNION ALL
        SELECT
            'assignments' AS table_name,
            'end_date' AS column_name,
            start_date AS first_day,
            end_date AS last_day,
            _file,
            _row
        FROM export.assignments
        UNION ALL
        SELECT
            'training' AS table_name,
            'certificate_expires' AS column_name,
            completed_on AS first_day,
            certificate_expires AS last_day,
            _file,
            _row
        FROM export.training
        UNION ALL
        SELECT
            'surveys' AS table_name,
            'administered_to' AS column_name,
            administered_from AS first_day,
            administered_to AS last_day,
            _file,
            _row
        FROM export.surveys
        UNION ALL
        SELECT
            'complaints' AS table_name,
            'closed_on' AS column_name,
            received_on AS first_day,
            closed_on AS last_day,
            _file,
            _row
        FROM export.complaints
        UNION ALL
        SELECT
            'grants' AS table_name,
            'end' AS column_name,
            start AS first_day,
            "end" AS last_day,
            _file,
            _row
        FROM export.grants
        UNION ALL
        SELECT
            'grant_periods' AS table_name,
            'end' AS column_name,
            start AS first_day,
            "end" AS last_day,
            _file,
            _row
        FROM export.grant_periods
        UNION ALL
        SELECT
            'manifest' AS table_name,
            'period_end' AS column_name,
            period_start AS first_day,
            period_end AS last_day,
            _file,
            _row
        FROM export.manifest
    )

SELECT
    _row AS row_number,
    _file AS file,
    table_name,
    column_name,
    last_day::VARCHAR AS value,
    first_day,
    last_day
FROM span
WHERE last_day < first_day

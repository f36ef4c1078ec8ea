-- Rows come from logs that came in.
-- rule: rows_of_a_missing_log
-- severity: warning
-- table: several
-- needs: log_submissions
-- says: {rows} rows of {month} at {school_id}, whose log of that month is marked as not submitted; they are not
--   counted.
-- remedy: Set submitted to true in log_submissions if that month is complete.
-- effect: Their month is taken as missing: a gap, never a zero, at that school.
WITH
    logged AS (
        SELECT
            'incidents' AS table_name,
            'occurred_on' AS column_name,
            school_id,
            occurred_on AS day,
            _file,
            _row
        FROM export.incidents
        UNION ALL
        SELECT
            'activities' AS table_name,
            'date' AS column_name,
            school_id,
            date AS day,
            _file,
            _row
        FROM export.activities
    )

SELECT
    min(logged._row) AS row_number,
    logged._file AS file,
    logged.table_name,
    logged.column_name,
    min(logged.day)::VARCHAR AS value,
    count(*) AS rows,
    strftime(log.month, '%B %Y') AS month,
    logged.school_id
FROM logged
INNER JOIN export.log_submissions AS log
    ON logged.school_id = log.school_id AND date_trunc('month', logged.day) = log.month
WHERE NOT log.submitted AND NOT coalesce(log.nothing_to_report, FALSE)
GROUP BY logged._file, logged.table_name, logged.column_name, logged.school_id, log.month

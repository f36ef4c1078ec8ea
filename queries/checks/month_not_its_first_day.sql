-- A month is written as its first day.
-- rule: month_not_its_first_day
-- severity: error
-- table: log_submissions
-- needs: log_submissions
-- says: The month is written as {month}.
-- remedy: Write 2025-09 or 2025-09-01 for September 2025.
SELECT
    _row AS row_number,
    _file AS file,
    'month' AS column_name,
    month::VARCHAR AS value,
    month
FROM export.log_submissions
WHERE day(month) <> 1

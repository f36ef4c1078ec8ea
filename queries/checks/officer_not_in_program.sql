-- Officers work and log only while they are in the program.
-- rule: officer_not_in_program
-- severity: warning
-- table: several
-- needs: officers
-- says: {officer_id} was not in the program on {date}: hired on {hire_date}, left on {end_date}.
-- remedy: Correct the date or the officer, or the dates in officers.
-- effect: The work counts; full-time equivalents and training per officer leave the officer out.
WITH
    deed AS (
        SELECT
            'shifts' AS table_name,
            officer_id,
            date,
            _file,
            _row
        FROM export.shifts
        UNION ALL
        SELECT
            'activities' AS table_name,
            officer_id,
            date,
            _file,
            _row
        FROM export.activities
    )

SELECT
    deed._row AS row_number,
    deed._file AS file,
    deed.table_name,
    'date' AS column_name,
    deed.date::VARCHAR AS value,
    deed.officer_id,
    deed.date,
    coalesce(officers.hire_date::VARCHAR, 'a day not given') AS hire_date,
    coalesce(officers.end_date::VARCHAR, 'no day yet') AS end_date
FROM deed
INNER JOIN export.officers AS officers ON deed.officer_id = officers.officer_id
WHERE deed.date < officers.hire_date OR deed.date > officers.end_date

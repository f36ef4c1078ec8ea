-- Every day with instruction says from when to when.
-- rule: school_day_without_bells
-- severity: warning
-- table: calendar
-- needs: calendar
-- says: {days} school days at {school_id} have no bell times; coverage leaves them out.
-- remedy: Fill in bell_start and bell_end.
-- effect: Those days are in no coverage rate, as if there were no school.
SELECT
    min(_row) AS row_number,
    min(_file) AS file,
    'bell_start' AS column_name,
    NULL::VARCHAR AS value,
    school_id,
    count(*) AS days
FROM export.calendar
WHERE
    day_type IN ('instructional', 'half_day', 'exam')
    AND (bell_start IS NULL OR bell_end IS NULL)
GROUP BY school_id

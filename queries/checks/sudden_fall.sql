-- A school's incidents a school day do not fall by more than half from one month to the next.
-- rule: sudden_fall
-- severity: warning
-- table: incidents
-- needs: incidents, calendar
-- says: {school_id} logged {incidents} incidents on {days} school days of {month}, after {previous} on
--   {previous_days} in {previous_month}.
-- remedy: Ask whether the log is complete; if it is, nothing needs to be done.
-- effect: None if the log is complete; if it is not, the month reads too low.
-- Only after 20 incidents or more (fewer fall by chance), and not where the month's log is known to be missing.
WITH
    school_days AS (
        SELECT
            school_id,
            date_trunc('month', date)::DATE AS month,
            count(*) AS days
        FROM export.calendar
        WHERE
            day_type IN ('instructional', 'half_day', 'exam')
            AND date <= (SELECT max(occurred_on) FROM export.incidents)
        GROUP BY school_id, date_trunc('month', date)::DATE
        HAVING count(*) >= 5
    ),

    month_log AS (
        SELECT
            school_id,
            date_trunc('month', occurred_on)::DATE AS month,
            count(*) AS incidents
        FROM export.incidents
        GROUP BY school_id, date_trunc('month', occurred_on)::DATE
    ),

    school_month AS (
        SELECT
            school_days.school_id,
            school_days.month,
            school_days.days,
            coalesce(month_log.incidents, 0) AS incidents,
            lag(school_days.month) OVER earlier AS previous_month,
            lag(school_days.days) OVER earlier AS previous_days,
            lag(coalesce(month_log.incidents, 0)) OVER earlier AS previous
        FROM school_days
        LEFT JOIN month_log ON school_days.school_id = month_log.school_id AND school_days.month = month_log.month
        WINDOW earlier AS (PARTITION BY school_days.school_id ORDER BY school_days.month)
    )

SELECT
    NULL::BIGINT AS row_number,
    (SELECT min(_file) FROM export.incidents) AS file,
    'occurred_on' AS column_name,
    NULL::VARCHAR AS value,
    school_month.school_id,
    school_month.incidents,
    school_month.days,
    strftime(school_month.month, '%B %Y') AS month,
    school_month.previous,
    school_month.previous_days,
    strftime(school_month.previous_month, '%B %Y') AS previous_month
FROM school_month
ANTI JOIN export.log_submissions AS log
    ON school_month.school_id = log.school_id AND school_month.month = log.month AND NOT log.submitted
WHERE
    school_month.previous >= 20
    AND school_month.incidents / school_month.days < 0.5 * school_month.previous / school_month.previous_days

-- From which school and month each stream should have a report, and whether it came: a missing one is never a zero.
-- The month of the data date is due once it is over, unless its log is there already. Official totals stand in July.
CREATE TABLE reporting_month AS
WITH
    served_month AS (
        SELECT DISTINCT
            school_id,
            month
        FROM service_day
    ),

    log_month AS (
        SELECT
            school_id,
            date_trunc('month', month)::DATE AS month,
            bool_or(coalesce(submitted, FALSE) OR coalesce(nothing_to_report, FALSE)) AS came
        FROM export.log_submissions
        WHERE month <= (SELECT data_through FROM data_date)
        GROUP BY school_id, date_trunc('month', month)::DATE
    ),

    shift_month AS (
        SELECT DISTINCT
            school_id,
            month
        FROM shift
    ),

    log AS (
        SELECT
            'log' AS stream,
            coalesce(log_month.school_id, served_month.school_id) AS school_id,
            coalesce(log_month.month, served_month.month) AS month,
            TRUE AS expected,
            coalesce(log_month.came, NOT is_in_export('log_submissions')) AS received
        FROM served_month
        FULL JOIN log_month ON served_month.school_id = log_month.school_id AND served_month.month = log_month.month
        WHERE
            log_month.school_id IS NOT NULL
            OR last_day(served_month.month) <= (SELECT data_through FROM data_date)
    ),

    shifts AS (
        SELECT
            'shifts' AS stream,
            served_month.school_id,
            served_month.month,
            TRUE AS expected,
            shift_month.month IS NOT NULL AS received
        FROM served_month
        LEFT JOIN shift_month
            ON served_month.school_id = shift_month.school_id AND served_month.month = shift_month.month
    ),

    official AS (
        SELECT
            'official' AS stream,
            school_id,
            first_day AS month,
            bool_or(reported <> 'counted_elsewhere') AS expected,
            bool_or(reported = 'reported') AS received
        FROM official_total
        GROUP BY school_id, first_day
    )

SELECT
    stream,
    school_id,
    month,
    expected,
    received
FROM log
UNION ALL
SELECT
    stream,
    school_id,
    month,
    expected,
    received
FROM shifts
UNION ALL
SELECT
    stream,
    school_id,
    month,
    expected,
    received
FROM official
ORDER BY stream, school_id, month;

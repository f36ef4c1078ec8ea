-- The first and last day that an export speaks of: as its manifest says, else by its events, else by its school years.
WITH
    stated AS (
        SELECT
            min(period_start) AS first_day,
            max(period_end) AS last_day
        FROM export.manifest
    ),

    event AS (
        SELECT date AS day FROM export.shifts
        UNION ALL
        SELECT date AS day FROM export.activities
        UNION ALL
        SELECT occurred_on AS day FROM export.incidents
        UNION ALL
        SELECT date AS day FROM export.drills
        UNION ALL
        SELECT date AS day FROM export.safety_consultations
        UNION ALL
        SELECT administered_to AS day FROM export.surveys
        UNION ALL
        SELECT received_on AS day FROM export.complaints
        UNION ALL
        SELECT month AS day FROM export.log_submissions
        UNION ALL
        -- A log that came in speaks of its whole month.
        SELECT least(last_day(month), $today) AS day FROM export.log_submissions
        WHERE submitted OR nothing_to_report
    ),

    happened AS (
        SELECT
            min(day) AS first_day,
            max(day) AS last_day
        FROM event
    ),

    opening AS (
        SELECT left(school_year, 4)::INTEGER AS year FROM export.enrollment
        UNION ALL
        SELECT left(school_year, 4)::INTEGER AS year FROM export.official_incidents
        UNION ALL
        SELECT left(school_year, 4)::INTEGER AS year FROM export.threat_assessments
        UNION ALL
        SELECT left(school_year, 4)::INTEGER AS year FROM export.costs
    ),

    school_year AS (
        SELECT
            make_date(min(year), 7, 1) AS first_day,
            least(make_date(max(year) + 1, 6, 30), $today) AS last_day
        FROM opening
    ),

    calendar AS (
        SELECT
            min(date) AS first_day,
            least(max(date), $today) AS last_day
        FROM export.calendar
    )

SELECT
    coalesce(
        stated.first_day, least(happened.first_day, school_year.first_day), calendar.first_day, $today
    ) AS data_from,
    coalesce(stated.last_day, happened.last_day, school_year.last_day, calendar.last_day, $today) AS data_through
FROM stated
CROSS JOIN happened
CROSS JOIN school_year
CROSS JOIN calendar

-- id: I01
-- title: Incident rate
-- asks: In a whole school year, how many incidents were logged for every 1,000 students?
-- unit: incidents per 1,000 students
-- numerator: incidents logged from 1 July to 30 June
-- denominator: students of schools with a whole year of logs
-- aggregate: ratio
-- scale: 1000
-- interval: poisson
-- direction: neutral
-- persons: no
-- grain: year
-- stream: log
-- slice: none
-- needs: incidents, calendar, enrollment
-- level: school
-- defined_by: National Center for Education Statistics, School Survey on Crime and Safety (recorded incidents per 1,000
--   students); the incidents are those of this program's log
-- caution: Only years that are over, and only schools that were served in every month of school and whose every log
--   came in. For parts of a year use the exposure-adjusted rate. Rates of the national survey count other incidents.
-- version: 1
-- daily: no
WITH
    school_month AS (
        SELECT
            calendar_day.school_id,
            calendar_day.school_year,
            calendar_day.month,
            bool_or(service_day.day IS NOT NULL) AS is_served
        FROM calendar_day
        LEFT JOIN service_day ON calendar_day.school_id = service_day.school_id AND calendar_day.day = service_day.day
        WHERE calendar_day.is_instructional
        GROUP BY calendar_day.school_id, calendar_day.school_year, calendar_day.month
    ),

    served_year AS (
        SELECT
            school_id,
            school_year
        FROM school_month
        GROUP BY school_id, school_year
        HAVING bool_and(is_served)
    ),

    unreported_year AS (
        SELECT DISTINCT
            school_id,
            school_year_of(month) AS school_year
        FROM reporting_month
        WHERE stream = 'log' AND expected AND NOT received
    ),

    whole_year AS (
        SELECT
            served_year.school_id,
            program_year.first_day,
            program_year.last_day,
            enrollment_year.students
        FROM served_year
        INNER JOIN program_year ON served_year.school_year = program_year.school_year AND program_year.is_over
        INNER JOIN enrollment_year
            ON
                served_year.school_id = enrollment_year.school_id
                AND served_year.school_year = enrollment_year.school_year
        ANTI JOIN unreported_year
            ON
                served_year.school_id = unreported_year.school_id
                AND served_year.school_year = unreported_year.school_year
    )

SELECT
    incident.school_id,
    incident.day,
    NULL::VARCHAR AS slice,
    1 AS numerator,
    NULL::DOUBLE AS denominator
FROM incident
INNER JOIN whole_year
    ON
        incident.school_id = whole_year.school_id
        AND incident.day BETWEEN whole_year.first_day AND whole_year.last_day
UNION ALL
SELECT
    school_id,
    first_day AS day,
    NULL::VARCHAR AS slice,
    NULL::DOUBLE AS numerator,
    students AS denominator
FROM whole_year

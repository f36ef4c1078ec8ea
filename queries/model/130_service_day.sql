-- Every instructional day that has passed at a school to which the program had an officer assigned.
-- Without an assignments table: every such day at schools that no other agency serves.
CREATE TABLE service_day AS
WITH
    assigned AS (
        SELECT
            school_id,
            start_date,
            coalesce(end_date, DATE '9999-12-31') AS end_date
        FROM export.assignments
        UNION ALL
        SELECT
            school.school_id,
            DATE '0001-01-01' AS start_date,
            DATE '9999-12-31' AS end_date
        FROM school
        WHERE
            coalesce(school.provider_agency, 'unknown') IN ('da', 'unknown')
            AND NOT is_in_export('assignments')
    )

SELECT
    calendar_day.school_id,
    calendar_day.day,
    calendar_day.school_year,
    calendar_day.month,
    calendar_day.bell_minutes,
    enrollment_year.students
FROM calendar_day
LEFT JOIN enrollment_year
    ON calendar_day.school_id = enrollment_year.school_id AND calendar_day.school_year = enrollment_year.school_year
SEMI JOIN assigned
    ON
        calendar_day.school_id = assigned.school_id
        AND calendar_day.day BETWEEN assigned.start_date AND assigned.end_date
WHERE calendar_day.is_instructional
ORDER BY calendar_day.school_id, calendar_day.day;

-- Officers work school shifts on days with instruction.
-- rule: non_instructional_day
-- severity: warning
-- table: shifts
-- needs: shifts, calendar
-- says: {officer_id} worked at {school_id} on {date}, {day}; the shift counts as hours, not as coverage.
-- remedy: Correct the date or the calendar, or make it another duty_type.
-- effect: The hours count as delivered and not as coverage.
WITH
    calendar_span AS (
        SELECT
            school_id,
            min(date) AS first_day,
            max(date) AS last_day
        FROM export.calendar
        GROUP BY school_id
    )

SELECT
    shifts._row AS row_number,
    shifts._file AS file,
    'date' AS column_name,
    shifts.date::VARCHAR AS value,
    shifts.officer_id,
    shifts.school_id,
    shifts.date,
    coalesce('a day of type ' || calendar.day_type, 'which the school''s calendar does not list') AS day
FROM export.shifts AS shifts
INNER JOIN calendar_span
    ON
        shifts.school_id = calendar_span.school_id
        AND shifts.date BETWEEN calendar_span.first_day AND calendar_span.last_day
LEFT JOIN export.calendar AS calendar ON shifts.school_id = calendar.school_id AND shifts.date = calendar.date
WHERE
    shifts.duty_type = 'school'
    AND shifts.status IN ('completed', 'partial', 'unscheduled')
    AND coalesce(calendar.day_type NOT IN ('instructional', 'half_day', 'exam'), TRUE)

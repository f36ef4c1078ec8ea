-- Officers log activities on days on which they work.
-- rule: no_shift_that_day
-- severity: warning
-- table: activities
-- needs: activities, shifts
-- says: {officer_id} logged an activity on {date} without a worked shift that day.
-- remedy: Correct the date or the officer, or add the shift.
-- effect: The activity counts; coverage does not, since no shift says that the officer was there.
-- Only between the first and the last shift of the export: outside of them nobody recorded any.
WITH
    shift_span AS (
        SELECT
            min(date) AS first_day,
            max(date) AS last_day
        FROM export.shifts
    )

SELECT
    activities._row AS row_number,
    activities._file AS file,
    'date' AS column_name,
    activities.date::VARCHAR AS value,
    activities.officer_id,
    activities.date
FROM export.activities AS activities
INNER JOIN shift_span ON activities.date BETWEEN shift_span.first_day AND shift_span.last_day
ANTI JOIN export.shifts AS shifts
    ON
        activities.officer_id = shifts.officer_id
        AND activities.date = shifts.date
        AND shifts.status IN ('completed', 'partial', 'unscheduled')
WHERE activities.officer_id IS NOT NULL

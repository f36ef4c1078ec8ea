-- Every school with shifts has a calendar of the school year.
-- rule: school_without_calendar
-- severity: warning
-- table: shifts
-- needs: shifts, calendar
-- says: {school_id} has {shifts} shifts in {school_year}, but no calendar day; its coverage cannot be measured.
-- remedy: Add the school's days to calendar.
-- effect: The school has hours but no coverage, and no rate per school day.
SELECT
    min(shifts._row) AS row_number,
    min(shifts._file) AS file,
    'school_id' AS column_name,
    shifts.school_id AS value,
    shifts.school_id,
    count(*) AS shifts,
    format(
        '{}-{:02d}',
        year(shifts.date - INTERVAL 6 MONTH),
        (year(shifts.date - INTERVAL 6 MONTH) + 1) % 100
    ) AS school_year
FROM export.shifts AS shifts
ANTI JOIN export.calendar AS calendar
    ON
        shifts.school_id = calendar.school_id
        AND year(shifts.date - INTERVAL 6 MONTH) = year(calendar.date - INTERVAL 6 MONTH)
WHERE shifts.duty_type = 'school'
GROUP BY shifts.school_id, year(shifts.date - INTERVAL 6 MONTH)

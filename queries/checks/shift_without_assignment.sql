-- Officers work at schools to which they are assigned, or stand in for somebody.
-- rule: shift_without_assignment
-- severity: warning
-- table: shifts
-- needs: shifts, assignments
-- says: {officer_id} worked at {school_id} on {date} without an assignment there, and stands in for nobody.
-- remedy: Add the assignment, mark the shift as backfill, or correct the school.
-- effect: The hours count as delivered; coverage counts assigned days only.
SELECT
    shifts._row AS row_number,
    shifts._file AS file,
    'school_id' AS column_name,
    shifts.school_id AS value,
    shifts.officer_id,
    shifts.school_id,
    shifts.date
FROM export.shifts AS shifts
ANTI JOIN export.assignments AS assignments
    ON
        shifts.officer_id = assignments.officer_id
        AND shifts.school_id = assignments.school_id
        AND shifts.date BETWEEN assignments.start_date AND coalesce(assignments.end_date, DATE '9999-12-31')
WHERE
    shifts.duty_type = 'school'
    AND shifts.status IN ('completed', 'partial', 'unscheduled')
    AND NOT coalesce(shifts.is_backfill, FALSE)

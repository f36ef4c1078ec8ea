-- The shifts of an officer at one school do not overlap.
-- rule: officer_twice_at_one_school
-- severity: warning
-- table: shifts
-- needs: shifts
-- says: {officer_id} already works at {school_id} on {date} until {other_end} (row {other_row} of {other_file});
--   these hours are delivered twice.
-- remedy: Remove the repeated shift, or let one end when the other begins.
-- effect: Delivered hours are counted twice; coverage is not, since minutes are joined.
SELECT
    later._row AS row_number,
    later._file AS file,
    'actual_start' AS column_name,
    later.actual_start::VARCHAR AS value,
    later.officer_id,
    later.date,
    later.school_id,
    later.actual_start,
    earlier.school_id AS other_school_id,
    earlier.actual_end AS other_end,
    earlier._row AS other_row,
    earlier._file AS other_file
FROM export.shifts AS later
INNER JOIN export.shifts AS earlier
    ON
        later.officer_id = earlier.officer_id
        AND later.date = earlier.date
        AND later.school_id = earlier.school_id
        AND (later.actual_start, later.shift_id) > (earlier.actual_start, earlier.shift_id)
        AND later.actual_start < earlier.actual_end
WHERE
    later.status IN ('completed', 'partial', 'unscheduled')
    AND earlier.status IN ('completed', 'partial', 'unscheduled')

-- Instruction ends after it has begun.
-- rule: bell_ends_before_it_begins
-- severity: error
-- table: calendar
-- needs: calendar
-- says: Instruction at {school_id} on {date} ends at {bell_end}, which is not after its start at {bell_start}.
-- remedy: Correct the bell times: look for afternoon hours written as morning hours.
SELECT
    _row AS row_number,
    _file AS file,
    'bell_end' AS column_name,
    bell_end::VARCHAR AS value,
    school_id,
    date,
    bell_start,
    bell_end
FROM export.calendar
WHERE bell_end <= bell_start

-- Every day of a school's calendar that has passed: is it instructional, and from bell to bell when?
CREATE TABLE calendar_day AS
SELECT
    school_id,
    date AS day,
    date_trunc('month', date)::DATE AS month,
    school_year_of(date) AS school_year,
    day_type,
    day_type IN ('instructional', 'half_day', 'exam') AS is_instructional,
    bell_start,
    bell_end,
    minutes_between(bell_start, bell_end) AS bell_minutes
FROM export.calendar
WHERE date <= (SELECT data_through FROM data_date)
ORDER BY school_id, day;

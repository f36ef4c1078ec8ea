-- How many instructional days a school has in a whole school year, those still to come included.
-- A calendar that stops before June is unfinished: the length of the school's latest whole year stands in.
CREATE TABLE year_length AS
WITH
    school_year AS (
        SELECT
            school_id,
            school_year_of(date) AS school_year,
            count(*) FILTER (WHERE day_type IN ('instructional', 'half_day', 'exam')) AS days,
            month(max(date)) = 6 AS is_whole
        FROM export.calendar
        GROUP BY school_id, school_year_of(date)
    ),

    latest_whole AS (
        SELECT
            school_id,
            max_by(days, school_year) AS days
        FROM school_year
        WHERE is_whole
        GROUP BY school_id
    )

SELECT
    school_year.school_id,
    school_year.school_year,
    CASE WHEN school_year.is_whole THEN school_year.days ELSE latest_whole.days END AS instructional_days
FROM school_year
LEFT JOIN latest_whole ON school_year.school_id = latest_whole.school_id
ORDER BY school_year.school_id, school_year.school_year;

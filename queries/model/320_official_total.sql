-- Every official annual total, on the first day of its school year; n is NULL where the school did not report.
CREATE VIEW official_total AS
SELECT
    school_id,
    school_year,
    make_date(left(school_year, 4)::INTEGER, 7, 1) AS first_day,
    category_scheme || ':' || category AS category,
    coalesce(reported, if(n IS NULL, 'not_reported', 'reported')) AS reported,
    CASE WHEN coalesce(reported, 'reported') = 'reported' THEN n END AS n
FROM export.official_incidents;

-- Every official annual total, on the first day of its school year; n is NULL where the school did not report.
CREATE VIEW official_total AS
SELECT
    total.school_id,
    total.school_year,
    make_date(left(total.school_year, 4)::INTEGER, 7, 1) AS first_day,
    total.category_scheme || ':' || total.category AS category,
    coalesce(named.part_of_others, FALSE) AS part_of_others,
    coalesce(total.reported, if(total.n IS NULL, 'not_reported', 'reported')) AS reported,
    CASE WHEN coalesce(total.reported, 'reported') = 'reported' THEN total.n END AS n
FROM export.official_incidents AS total
LEFT JOIN export.incident_categories AS named
    ON total.category_scheme = named.category_scheme AND total.category = named.category;

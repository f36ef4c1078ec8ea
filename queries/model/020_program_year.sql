-- Every school year that the export touches, and how much of it has passed.
CREATE TABLE program_year AS
WITH
    reach AS (
        SELECT
            data_date.data_through,
            coalesce(min(fact.value::DATE), data_date.data_through) AS data_from
        FROM data_date
        LEFT JOIN meta.fact AS fact ON fact.name = 'data_from'
        GROUP BY data_date.data_through
    ),

    school_year AS (
        SELECT
            unnest(range(
                year(data_from) - if(month(data_from) < 7, 1, 0),
                year(data_through) + if(month(data_through) < 7, 0, 1)
            )) AS opening,
            data_through
        FROM reach
    )

SELECT
    school_year_of(make_date(opening, 7, 1)) AS school_year,
    make_date(opening, 7, 1) AS first_day,
    make_date(opening + 1, 6, 30) AS last_day,
    least(make_date(opening + 1, 6, 30), data_through) AS through_day,
    make_date(opening + 1, 6, 30) <= data_through AS is_over
FROM school_year
ORDER BY first_day;

-- id: I05
-- title: School violence index
-- asks: How many serious incidents did districts certify for every hundred students?
-- unit: serious certified incidents per 100 students
-- numerator: certified homicides, felony sexual offenses, felony assaults and weapons, in the scheme in force since
--   July 2021
-- denominator: students enrolled
-- aggregate: ratio
-- scale: 100
-- interval: none
-- direction: neutral
-- persons: no
-- grain: year
-- stream: official
-- slice: none
-- needs: official_incidents, enrollment, calendar
-- level: school
-- defined_by: New York State Education Department, School Violence Index since 2021-22
-- caution: From certified totals only, never from the log. Began with the scheme of July 2021 and is not comparable
--   with earlier indexes. Does not judge whether a school is persistently dangerous; the department does.
-- version: 1
-- daily: no
WITH
    counted AS (
        SELECT
            school_id,
            school_year,
            sum(
                CASE
                    WHEN category IN ('1', '17.1', '17.2') THEN n
                    WHEN category IN ('2.1', '2.2', '4', '7') THEN coalesce(felony_n, n)
                END
            ) AS violent
        FROM export.official_incidents
        WHERE
            category_scheme = 'ssec_2021'
            AND coalesce(reported, 'reported') = 'reported'
            AND coalesce(certified, TRUE)
            AND n IS NOT NULL
        GROUP BY school_id, school_year
    )

SELECT
    counted.school_id,
    make_date(left(counted.school_year, 4)::INTEGER, 7, 1) AS day,
    NULL::VARCHAR AS slice,
    counted.violent AS numerator,
    enrollment_year.students AS denominator
FROM counted
INNER JOIN enrollment_year
    ON counted.school_id = enrollment_year.school_id AND counted.school_year = enrollment_year.school_year
WHERE counted.violent IS NOT NULL

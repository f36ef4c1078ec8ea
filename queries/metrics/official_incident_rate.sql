-- id: O02
-- title: Official incident rate
-- asks: For every 1,000 students, how many incidents do the official annual totals show?
-- unit: incidents per 1,000 students
-- numerator: incidents in the official totals of schools that reported
-- denominator: students of schools that reported
-- aggregate: rate
-- scale: 1000
-- interval: poisson
-- direction: neutral
-- persons: no
-- grain: year
-- stream: official
-- slice: category
-- needs: official_incidents, enrollment
-- level: school
-- defined_by: the authority that certifies the totals; the rate is this program's
-- caution: A school whose incidents stand in another row adds neither incidents nor students. Where a row holds several
--   schools' incidents, its students must be those of all of them. Rates of different schemes are not one series.
-- version: 1
-- daily: no
WITH
    reporting_school AS (
        SELECT DISTINCT
            official_total.school_id,
            official_total.first_day,
            enrollment_year.students
        FROM official_total
        INNER JOIN enrollment_year
            ON
                official_total.school_id = enrollment_year.school_id
                AND official_total.school_year = enrollment_year.school_year
        WHERE official_total.n IS NOT NULL AND enrollment_year.students > 0
    )

SELECT
    official_total.school_id,
    official_total.first_day AS day,
    official_total.category AS slice,
    official_total.n AS numerator,
    NULL::DOUBLE AS denominator
FROM official_total
INNER JOIN reporting_school
    ON
        official_total.school_id = reporting_school.school_id
        AND official_total.first_day = reporting_school.first_day
WHERE official_total.n IS NOT NULL AND NOT official_total.part_of_others
UNION ALL
SELECT
    school_id,
    first_day AS day,
    NULL::VARCHAR AS slice,
    NULL::DOUBLE AS numerator,
    students AS denominator
FROM reporting_school

-- id: G02
-- title: Cost per student
-- asks: What does the program cost for each student of a served school?
-- unit: dollars per student
-- numerator: money spent in the school year
-- denominator: students enrolled at served schools
-- aggregate: ratio
-- scale: 1
-- interval: none
-- direction: neutral
-- persons: no
-- grain: year
-- stream: none
-- slice: none
-- needs: costs, assignments, calendar, enrollment
-- level: district
-- defined_by: practice of the Tigard, Oregon, school resource officer report
-- caution: Students enrolled, not students reached, of the districts whose cost is on file. A year under way counts
--   what was booked so far.
-- version: 2
-- daily: no
WITH
    spent AS (
        SELECT
            school_year,
            district_id,
            sum(amount) AS amount
        FROM export.costs
        GROUP BY school_year, district_id
    ),

    served AS (
        SELECT
            each_school.school_year,
            each_school.district_id,
            sum(each_school.students) AS students
        FROM (
            SELECT
                service_day.school_year,
                school.district_id,
                service_day.school_id,
                max(service_day.students) AS students
            FROM service_day
            INNER JOIN school ON service_day.school_id = school.school_id
            WHERE school.counts_in_total
            GROUP BY service_day.school_year, school.district_id, service_day.school_id
        ) AS each_school
        GROUP BY each_school.school_year, each_school.district_id
        HAVING sum(each_school.students) > 0
    )

SELECT
    spent.district_id AS school_id,
    program_year.first_day AS day,
    NULL::VARCHAR AS slice,
    spent.amount AS numerator,
    coalesce(served.students, 0) AS denominator
FROM program_year
INNER JOIN spent ON program_year.school_year = spent.school_year
LEFT JOIN served ON spent.school_year = served.school_year AND spent.district_id = served.district_id
WHERE program_year.school_year IN (SELECT reached.school_year FROM served AS reached)

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
-- level: program
-- defined_by: practice of the Tigard, Oregon, school resource officer report
-- caution: Students enrolled, not students reached. A year under way counts what was booked so far.
-- version: 1
-- daily: no
WITH
    spent AS (
        SELECT
            school_year,
            sum(amount) AS amount
        FROM export.costs
        GROUP BY school_year
    ),

    served AS (
        SELECT
            each_school.school_year,
            sum(each_school.students) AS students
        FROM (
            SELECT
                service_day.school_year,
                service_day.school_id,
                max(service_day.students) AS students
            FROM service_day
            INNER JOIN school ON service_day.school_id = school.school_id
            WHERE school.counts_in_total
            GROUP BY service_day.school_year, service_day.school_id
        ) AS each_school
        GROUP BY each_school.school_year
    )

SELECT
    '*' AS school_id,
    program_year.first_day AS day,
    NULL::VARCHAR AS slice,
    spent.amount AS numerator,
    served.students AS denominator
FROM program_year
INNER JOIN spent ON program_year.school_year = spent.school_year
INNER JOIN served ON program_year.school_year = served.school_year
WHERE served.students > 0

-- id: E08
-- title: Hours of youth programs
-- asks: How many hours of service did youth programs give?
-- unit: hours
-- numerator: hours of service in clubs, mentoring, camps and diversion programs
-- denominator: none
-- aggregate: sum
-- scale: 1
-- interval: none
-- direction: up
-- persons: no
-- grain: month
-- stream: none
-- slice: none
-- needs: youth_program_periods
-- level: school
-- defined_by: Office of Juvenile Justice and Delinquency Prevention, performance measures, service hours completed
-- caution: Known by quarter: a quarter stands in its first month. Hours of programs, not of officers.
-- version: 1
-- daily: no
SELECT
    school_id,
    make_date(left(period, 4)::INTEGER, 7, 1) + (right(period, 1)::INTEGER - 1) * INTERVAL 3 MONTH AS day,
    NULL::VARCHAR AS slice,
    service_hours AS numerator,
    NULL::DOUBLE AS denominator
FROM export.youth_program_periods
WHERE service_hours IS NOT NULL AND regexp_matches(period, '^\d{4}-\d{2}-Q[1-4]$')

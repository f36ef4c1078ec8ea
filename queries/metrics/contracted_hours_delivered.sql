-- id: C07
-- title: Contracted hours delivered
-- asks: How many of the hours that districts pay for were worked so far?
-- unit: percent of contracted hours to date
-- numerator: hours worked on school duty on instructional days
-- denominator: contracted hours of the year, spread evenly over its instructional days, up to the data date
-- aggregate: ratio
-- scale: 100
-- interval: none
-- direction: up
-- persons: no
-- grain: month
-- stream: shifts
-- slice: none
-- needs: assignments, shifts, calendar
-- level: school
-- defined_by: this program
-- caution: Hours before and after the bells count, so this can exceed on-site coverage. Two officers at once count
--   twice, as they are paid. Summer and breaks do not count.
-- version: 1
-- daily: no
WITH
    delivered AS (
        SELECT
            school_id,
            day,
            sum(actual_hours) AS hours
        FROM shift
        WHERE duty_type = 'school'
        GROUP BY school_id, day
    )

SELECT
    contract_day.school_id,
    contract_day.day,
    NULL::VARCHAR AS slice,
    coalesce(delivered.hours, 0) AS numerator,
    contract_day.contract_hours AS denominator
FROM contract_day
LEFT JOIN delivered ON contract_day.school_id = delivered.school_id AND contract_day.day = delivered.day
WHERE contract_day.contract_hours > 0

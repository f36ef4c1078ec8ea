-- id: C06
-- title: Contracted days delivered
-- asks: How many of the days that districts pay for were worked so far?
-- unit: percent of contracted days to date
-- numerator: officer days with a completed school shift on instructional days
-- denominator: contracted days of the year, spread evenly over its instructional days, up to the data date
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
-- defined_by: practice of published school resource officer contracts
-- caution: A stand-in's day counts; a shift left early (partial) does not. Over 100 percent means more days than the
--   contract had asked for by then. Summer and breaks do not count.
-- version: 1
-- daily: no
WITH
    delivered AS (
        SELECT
            school_id,
            day,
            count(DISTINCT officer_id) AS officer_days
        FROM shift
        WHERE duty_type = 'school' AND status = 'completed'
        GROUP BY school_id, day
    )

SELECT
    contract_day.school_id,
    contract_day.day,
    NULL::VARCHAR AS slice,
    coalesce(delivered.officer_days, 0) AS numerator,
    contract_day.contract_days AS denominator
FROM contract_day
LEFT JOIN delivered ON contract_day.school_id = delivered.school_id AND contract_day.day = delivered.day
WHERE contract_day.contract_days > 0

-- id: T04
-- title: Officers with any training
-- asks: How many of the active officers had any training in the school year?
-- unit: percent of active officers
-- numerator: officers who attended at least one training in the school year
-- denominator: officers active at any time in the school year
-- aggregate: ratio
-- scale: 100
-- interval: none
-- direction: up
-- persons: no
-- grain: year
-- stream: none
-- slice: none
-- needs: officers, training
-- level: program
-- defined_by: Office of Juvenile Justice and Delinquency Prevention, program staff trained; staff are officers here
-- caution: One short course suffices: see hours and topics. A year under way counts up to the data date.
-- version: 1
-- daily: no
SELECT
    '*' AS school_id,
    officer_year.first_day AS day,
    NULL::VARCHAR AS slice,
    if(count(training.officer_id) > 0, 1, 0) AS numerator,
    1 AS denominator
FROM officer_year
LEFT JOIN export.training AS training
    ON
        officer_year.officer_id = training.officer_id
        AND coalesce(training.role, 'attendee') = 'attendee'
        AND training.completed_on BETWEEN officer_year.first_day AND officer_year.through_day
GROUP BY officer_year.officer_id, officer_year.first_day

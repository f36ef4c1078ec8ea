-- id: T03
-- title: Training hours per officer
-- asks: How many hours of training did an officer get in a school year?
-- unit: hours per officer and school year
-- numerator: hours of training attended
-- denominator: officers active at any time in the school year
-- aggregate: ratio
-- scale: 1
-- interval: none
-- direction: up
-- persons: no
-- grain: year
-- stream: none
-- slice: none
-- needs: officers, training
-- level: program
-- defined_by: this program
-- caution: A mean over officers: some may have had none. Teaching a course does not count as attending it. A year under
--   way counts up to the data date.
-- version: 1
-- daily: no
SELECT
    '*' AS school_id,
    officer_year.first_day AS day,
    NULL::VARCHAR AS slice,
    coalesce(sum(training.hours), 0) AS numerator,
    1 AS denominator
FROM officer_year
LEFT JOIN export.training AS training
    ON
        officer_year.officer_id = training.officer_id
        AND coalesce(training.role, 'attendee') = 'attendee'
        AND training.completed_on BETWEEN officer_year.first_day AND officer_year.through_day
GROUP BY officer_year.officer_id, officer_year.first_day

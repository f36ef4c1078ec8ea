-- id: T02
-- title: Trained before the first assignment
-- asks: How many officers had the basic course behind them when they first stood in a school?
-- unit: percent of assigned officers
-- numerator: officers with at least 40 hours of the basic course by the day their first assignment began
-- denominator: active officers with an assignment
-- aggregate: ratio
-- scale: 100
-- interval: none
-- direction: up
-- persons: no
-- grain: year
-- stream: none
-- slice: none
-- needs: officers, training, assignments
-- level: program
-- defined_by: National Association of School Resource Officers, training before assignment
-- caution: An officer who came late to the course stays late in every year. The hours stand in program.toml
--   (basic_sro_hours).
-- version: 1
-- daily: no
WITH
    began AS (
        SELECT
            officer_id,
            min(start_date) AS start_date
        FROM export.assignments
        GROUP BY officer_id
    )

SELECT
    '*' AS school_id,
    officer_year.first_day AS day,
    NULL::VARCHAR AS slice,
    if(coalesce(sum(training.hours), 0) >= any_value(setting.value), 1, 0) AS numerator,
    1 AS denominator
FROM officer_year
INNER JOIN began ON officer_year.officer_id = began.officer_id AND officer_year.through_day >= began.start_date
INNER JOIN meta.setting AS setting ON setting.name = 'basic_sro_hours'
LEFT JOIN export.training AS training
    ON
        officer_year.officer_id = training.officer_id
        AND training.topic = 'basic_sro'
        AND coalesce(training.role, 'attendee') = 'attendee'
        AND began.start_date >= training.completed_on
GROUP BY officer_year.officer_id, officer_year.first_day

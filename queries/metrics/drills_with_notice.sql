-- id: D04
-- title: Drills with notice to parents
-- asks: Were parents told of lockdown and other drills in the week before?
-- unit: percent of drills other than evacuations
-- numerator: drills of which parents were told on the day or in the seven days before
-- denominator: drills other than evacuations since July 2024
-- aggregate: ratio
-- scale: 100
-- interval: wilson
-- direction: up
-- persons: no
-- grain: month
-- stream: none
-- slice: none
-- needs: drills
-- level: school
-- defined_by: 8 NYCRR 155.17 since the school year 2024-25; the window of seven days is how this program reads it
-- caution: Sources differ on whether the notice is due within the week before or at least a week before: have counsel
--   read the rule. A drill without a date of notice counts as none given.
-- version: 1
-- daily: no
SELECT
    school_id,
    date AS day,
    NULL::VARCHAR AS slice,
    if(parents_notified_on <= date AND parents_notified_on >= date - INTERVAL 7 DAY, 1, 0) AS numerator,
    1 AS denominator
FROM export.drills
WHERE
    drill_type NOT IN ('evacuation', 'evacuation_secondary')
    AND date >= DATE '2024-07-01'
    AND date <= (SELECT data_through FROM data_date)

-- id: D03
-- title: Drills with an officer present
-- asks: At how many drills was an officer there?
-- unit: percent of drills
-- numerator: drills with an officer present
-- denominator: drills that say whether an officer was present
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
-- defined_by: this program
-- caution: Schools answer for drills; an officer is a help and no duty.
-- version: 1
-- daily: no
SELECT
    school_id,
    date AS day,
    NULL::VARCHAR AS slice,
    if(sro_present, 1, 0) AS numerator,
    1 AS denominator
FROM export.drills
WHERE sro_present IS NOT NULL AND date <= (SELECT data_through FROM data_date)

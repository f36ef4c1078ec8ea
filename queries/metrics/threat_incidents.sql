-- id: I08
-- title: Threats and false alarms
-- asks: How many bomb threats, false alarms and threats of violence were logged?
-- unit: incidents
-- numerator: logged bomb threats, false alarms and threats of school violence
-- denominator: none
-- aggregate: sum
-- scale: 1
-- interval: poisson
-- direction: neutral
-- persons: no
-- grain: month
-- stream: log
-- slice: category
-- needs: incidents
-- level: school
-- defined_by: New York State Education Department, School Safety and Educational Climate; the sum is this program's
-- caution: Threats of school violence are a category of their own only since July 2021, so earlier years hold fewer
--   by definition. One message may be logged at several schools.
-- version: 1
-- daily: no
SELECT
    school_id,
    day,
    category AS slice,
    1 AS numerator,
    NULL::DOUBLE AS denominator
FROM incident
WHERE category IN ('ssec_2021:14', 'ssec_2021:15', 'ssec_2021:21', 'ssec_2017:6', 'ssec_2017:7')

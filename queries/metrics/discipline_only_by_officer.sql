-- id: R11
-- title: Discipline handled by an officer
-- asks: How often did an officer handle what was only a matter of school rules?
-- unit: percent of calls
-- numerator: calls that broke a school rule and no law and were handled by an officer
-- denominator: calls for service
-- aggregate: ratio
-- scale: 100
-- interval: wilson
-- direction: down
-- persons: no
-- grain: month
-- stream: log
-- slice: none
-- needs: incidents
-- level: school
-- defined_by: New York Education Law 2801-a(10), which leaves discipline to school administration; the measure is this
--   program's
-- caution: The aim is none. Rests on how the log codes the offense and the handler; calls without an offense level
--   count as not discipline.
-- version: 1
-- daily: no
SELECT
    school_id,
    day,
    NULL::VARCHAR AS slice,
    if(offense_level = 'school_rule' AND handled_by = 'officer', 1, 0) AS numerator,
    1 AS denominator
FROM incident
WHERE is_call

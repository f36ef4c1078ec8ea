-- id: E15
-- title: Lessons, mentoring and mediations
-- asks: How often did officers teach, mentor or mediate, beside what they enforced?
-- unit: lessons, contacts and sessions
-- numerator: classroom lessons, mentoring contacts and mediations
-- denominator: none
-- aggregate: sum
-- scale: 1
-- interval: none
-- direction: up
-- persons: no
-- grain: month
-- stream: log
-- slice: none
-- needs: activities
-- level: school
-- defined_by: this program
-- caution: One side of two: read it beside calls and what came of them. The two are never divided by each other, for
--   they count different things.
-- version: 1
-- daily: no
SELECT
    school_id,
    day,
    NULL::VARCHAR AS slice,
    CASE activity_type
        WHEN 'classroom_lesson' THEN sessions
        WHEN 'mediation' THEN 1
        ELSE coalesce(contacts, 1)
    END AS numerator,
    NULL::DOUBLE AS denominator
FROM activity
WHERE activity_type IN ('classroom_lesson', 'mediation', 'mentoring_1to1', 'informal_check_in', 'small_group')

-- id: Q01
-- title: Arrests by race and ethnicity
-- asks: Are students of different race and ethnicity arrested alike?
-- unit: arrests
-- numerator: students arrested, by group, of the whole program and school year
-- denominator: students of the group enrolled at served schools (beside it, not divided by)
-- aggregate: sum
-- scale: 1
-- interval: poisson
-- direction: neutral
-- persons: yes
-- grain: year
-- stream: none
-- slice: race_eth
-- needs: le_action_demographics, enrollment, assignments, calendar
-- level: program
-- defined_by: groups by the Civil Rights Data Collection; the comparison is this program's
-- caution: Of school years that are over, for the whole program. Who stood a chance to be concerned is not enrollment
--   alone: a ratio says that groups differ, not why. Small counts and their zeros are hidden.
-- version: 1
-- daily: no
SELECT
    '*' AS school_id,
    day,
    subgroup AS slice,
    students AS numerator,
    enrolled AS denominator
FROM group_event
WHERE subgroup_dim = 'race_eth' AND event = 'arrest'

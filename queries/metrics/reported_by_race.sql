-- id: Q02
-- title: Reported students by race and ethnicity
-- asks: Are students of different race and ethnicity reported to law enforcement alike?
-- unit: students
-- numerator: students reported to law enforcement, by group, of the whole program and school year
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
WITH
    counted AS (
        SELECT
            school_year,
            subgroup,
            sum(n) AS students
        FROM export.le_action_demographics
        WHERE subgroup_dim = 'race_eth' AND action = 'report'
        GROUP BY school_year, subgroup
    ),

    enrolled AS (
        SELECT
            school_year,
            subgroup,
            students
        FROM group_year
        WHERE subgroup_dim = 'race_eth' AND school_year IN (SELECT school_year FROM counted)
    )

SELECT
    '*' AS school_id,
    program_year.first_day AS day,
    coalesce(counted.subgroup, enrolled.subgroup) AS slice,
    coalesce(counted.students, 0) AS numerator,
    coalesce(enrolled.students, 0) AS denominator
FROM counted
FULL JOIN enrolled ON counted.school_year = enrolled.school_year AND counted.subgroup = enrolled.subgroup
INNER JOIN program_year
    ON coalesce(counted.school_year, enrolled.school_year) = program_year.school_year AND program_year.is_over

-- id: D01
-- title: Drills held of those required
-- asks: How many of the drills that a school must hold in a year has it held?
-- unit: percent of required drills
-- numerator: drills held, of each kind no more than required
-- denominator: drills required in the school year
-- aggregate: ratio
-- scale: 100
-- interval: none
-- direction: up
-- persons: no
-- grain: year
-- stream: none
-- slice: drill_type
-- needs: drills, requirements, calendar
-- level: school
-- defined_by: New York Education Law 807, as the requirements table of the export states it
-- caution: Schools answer for drills, not officers. A year under way is measured against the whole year's duty. A
--   school without a drill on record counts as none held. An evacuation by a second way also counts as an evacuation;
--   summer school is left out.
-- version: 1
-- daily: no
WITH
    required AS (
        SELECT
            program_year.school_year,
            program_year.first_day,
            substr(requirements.requirement, length('drill_') + 1) AS drill_type,
            max(requirements.value) AS drills
        FROM export.requirements AS requirements
        INNER JOIN program_year ON requirements.school_year = program_year.school_year
        WHERE requirements.requirement LIKE 'drill\_%' ESCAPE '\' AND requirements.scope = 'school'
        GROUP BY ALL
    ),

    served AS (
        SELECT DISTINCT
            school_id,
            school_year
        FROM service_day
    ),

    held AS (
        SELECT
            school_id,
            school_year_of(date) AS school_year,
            unnest(
                if(drill_type = 'evacuation_secondary', ['evacuation', 'evacuation_secondary'], [drill_type])
            ) AS drill_type
        FROM export.drills
        WHERE
            date <= (SELECT data_through FROM data_date)
            AND NOT coalesce(summer_session, FALSE)
    ),

    held_in_year AS (
        SELECT
            school_id,
            school_year,
            drill_type,
            count(*) AS drills
        FROM held
        GROUP BY school_id, school_year, drill_type
    )

SELECT
    served.school_id,
    required.first_day AS day,
    required.drill_type AS slice,
    least(coalesce(held_in_year.drills, 0), required.drills) AS numerator,
    required.drills AS denominator
FROM served
INNER JOIN required ON served.school_year = required.school_year
LEFT JOIN held_in_year
    ON
        served.school_id = held_in_year.school_id
        AND served.school_year = held_in_year.school_year
        AND required.drill_type = held_in_year.drill_type

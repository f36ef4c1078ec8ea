-- id: D02
-- title: Drills held by the end of December
-- asks: Were the drills held that are due before the new year?
-- unit: percent of drills due
-- numerator: evacuations and lockdowns held by the due date, no more than required
-- denominator: drills due by the date in the requirements table
-- aggregate: ratio
-- scale: 100
-- interval: none
-- direction: up
-- persons: no
-- grain: year
-- stream: none
-- slice: none
-- needs: drills, requirements, calendar
-- level: school
-- defined_by: New York Education Law 807, as the requirements table of the export states it
-- caution: Years whose due date has not come are left out. A school without a drill on record counts as none held.
-- version: 1
-- daily: no
WITH
    required AS (
        SELECT
            requirements.school_year,
            max(requirements.value) AS drills,
            max(requirements.due_by) AS due_by
        FROM export.requirements AS requirements
        WHERE requirements.requirement = 'drills_by_december' AND requirements.scope = 'school'
        GROUP BY requirements.school_year
    ),

    served AS (
        SELECT DISTINCT
            school_id,
            school_year
        FROM service_day
    )

SELECT
    served.school_id,
    program_year.first_day AS day,
    NULL::VARCHAR AS slice,
    least(count(drills.drill_id), any_value(required.drills)) AS numerator,
    any_value(required.drills) AS denominator
FROM served
INNER JOIN program_year ON served.school_year = program_year.school_year
INNER JOIN required ON served.school_year = required.school_year AND program_year.through_day >= required.due_by
LEFT JOIN export.drills AS drills
    ON
        served.school_id = drills.school_id
        AND drills.date BETWEEN program_year.first_day AND required.due_by
        AND drills.drill_type IN ('evacuation', 'evacuation_secondary', 'lockdown')
        AND NOT coalesce(drills.summer_session, FALSE)
GROUP BY served.school_id, program_year.first_day

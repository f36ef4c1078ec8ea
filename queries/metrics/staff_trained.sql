-- id: T06
-- title: School staff trained
-- asks: How many attendances of school staff did officers' trainings have?
-- unit: attendances
-- numerator: adults present at trainings and presentations for school staff
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
-- defined_by: Bureau of Justice Assistance, STOP School Violence program, number of school staff trained
-- caution: Attendances, not persons: someone at two trainings counts twice. Where an award asks for different persons,
--   use a sign-in list.
-- version: 1
-- daily: no
SELECT
    school_id,
    day,
    NULL::VARCHAR AS slice,
    adults_reached AS numerator,
    NULL::DOUBLE AS denominator
FROM activity
WHERE
    triad = 'educator'
    AND coalesce(audience, if(activity_type = 'staff_training', 'staff', 'unknown')) = 'staff'
    AND adults_reached IS NOT NULL

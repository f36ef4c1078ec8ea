-- id: E10
-- title: Time on discipline
-- asks: How much of the logged time went into keeping discipline?
-- unit: percent of logged time
-- numerator: logged minutes of activities that maintain student discipline
-- denominator: logged minutes
-- aggregate: ratio
-- scale: 100
-- interval: none
-- direction: down
-- persons: no
-- grain: month
-- stream: log
-- slice: none
-- needs: activities
-- level: school
-- defined_by: National Center for Education Statistics, School Survey on Crime and Safety (maintaining student
--   discipline); New York Education Law 2801-a leaves discipline to schools
-- caution: Of logged time only. The aim is close to none; what the log calls other is not in it.
-- version: 1
-- daily: no
SELECT
    school_id,
    day,
    NULL::VARCHAR AS slice,
    if(coalesce(ssocs_code, '') = 'discipline', duration_min, 0) AS numerator,
    duration_min AS denominator
FROM activity
WHERE duration_min IS NOT NULL

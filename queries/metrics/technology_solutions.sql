-- id: D05t
-- title: Technology solutions
-- asks: On how many technology solutions did the program work with schools?
-- unit: technology solutions
-- numerator: consultations on a technology solution
-- denominator: none
-- aggregate: sum
-- scale: 1
-- interval: none
-- direction: up
-- persons: no
-- grain: month
-- stream: none
-- slice: none
-- needs: safety_consultations
-- level: school
-- defined_by: Bureau of Justice Assistance, STOP School Violence program, number of technology solutions implemented
-- caution: One row of the export is taken as one solution. It says that advice was given, not that the solution is in
--   use: confirm that before reporting it to an award.
-- version: 1
-- daily: no
SELECT
    school_id,
    date AS day,
    NULL::VARCHAR AS slice,
    1 AS numerator,
    NULL::DOUBLE AS denominator
FROM export.safety_consultations
WHERE kind = 'technology_solution' AND date <= (SELECT data_through FROM data_date)

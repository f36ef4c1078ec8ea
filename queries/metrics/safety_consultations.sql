-- id: D05
-- title: Safety consultations
-- asks: How often did officers advise schools on safety, and on what?
-- unit: consultations
-- numerator: site assessments, plan reviews, technology and other consultations
-- denominator: none
-- aggregate: sum
-- scale: 1
-- interval: none
-- direction: up
-- persons: no
-- grain: month
-- stream: none
-- slice: safety_consultations.kind
-- needs: safety_consultations
-- level: school
-- defined_by: Bureau of Justice Assistance, STOP School Violence program, for technology solutions; other kinds are
--   this program's
-- caution: Counts that advice was given; whether it was followed is another measure.
-- version: 1
-- daily: no
SELECT
    school_id,
    date AS day,
    kind AS slice,
    1 AS numerator,
    NULL::DOUBLE AS denominator
FROM export.safety_consultations
WHERE date <= (SELECT data_through FROM data_date)

-- id: D06
-- title: Safety recommendations closed
-- asks: Of what officers recommended, how much has been done?
-- unit: percent of recommendations
-- numerator: recommendations that are closed by now
-- denominator: recommendations made in consultations of the period
-- aggregate: ratio
-- scale: 100
-- interval: none
-- direction: up
-- persons: no
-- grain: year
-- stream: none
-- slice: none
-- needs: safety_consultations
-- level: school
-- defined_by: this program
-- caution: Stands in the school year of the consultation, so recent years had less time and look lower. All
--   recommendations weigh the same.
-- version: 1
-- daily: no
SELECT
    school_id,
    make_date(left(school_year_of(date), 4)::INTEGER, 7, 1) AS day,
    NULL::VARCHAR AS slice,
    closed_n AS numerator,
    recommendations_n AS denominator
FROM export.safety_consultations
WHERE recommendations_n > 0 AND closed_n IS NOT NULL AND date <= (SELECT data_through FROM data_date)

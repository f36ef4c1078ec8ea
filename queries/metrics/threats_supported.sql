-- id: D07
-- title: Threat assessments supported
-- asks: In how many assessments of threats did law enforcement take part, and how grave was the risk?
-- unit: assessments
-- numerator: threat assessments in which law enforcement took part
-- denominator: none
-- aggregate: sum
-- scale: 1
-- interval: poisson
-- direction: neutral
-- persons: yes
-- grain: year
-- stream: none
-- slice: risk_level
-- needs: threat_assessments
-- level: program
-- defined_by: this program; levels of risk as the schools' assessment teams state them
-- caution: Each assessment is of a student, so small counts are hidden. Of school years that are over, for the whole
--   program; all others were made without law enforcement.
-- version: 1
-- daily: no
SELECT
    '*' AS school_id,
    program_year.first_day AS day,
    threat_assessments.risk_level AS slice,
    threat_assessments.n_le_involved AS numerator,
    NULL::DOUBLE AS denominator
FROM export.threat_assessments AS threat_assessments
INNER JOIN program_year ON threat_assessments.school_year = program_year.school_year AND program_year.is_over
WHERE threat_assessments.n_le_involved IS NOT NULL

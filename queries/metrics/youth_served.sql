-- id: E07
-- title: Program youth served
-- asks: How many young people did the youth programs serve?
-- unit: young people
-- numerator: young people carried over into the school year's first quarter, and those who joined in any of its
--   quarters
-- denominator: none
-- aggregate: sum
-- scale: 1
-- interval: none
-- direction: up
-- persons: yes
-- grain: year
-- stream: none
-- slice: none
-- needs: youth_program_periods
-- level: school
-- defined_by: Office of Juvenile Justice and Delinquency Prevention, performance measures, program youth served
-- caution: Each counts once in a program and school year; someone in two programs, or in two years, counts in both.
--   Of school years that are over. Small counts are hidden.
-- version: 1
-- daily: no
WITH
    known AS (
        SELECT
            *,
            left(period, 7) AS school_year,
            row_number() OVER (PARTITION BY program_id, school_id, left(period, 7) ORDER BY period) AS place
        FROM export.youth_program_periods
        WHERE regexp_matches(period, '^\d{4}-\d{2}-Q[1-4]$')
    )

SELECT
    known.school_id,
    program_year.first_day AS day,
    NULL::VARCHAR AS slice,
    coalesce(known.new_admissions, 0) + if(known.place = 1, coalesce(known.carried_over, 0), 0) AS numerator,
    NULL::DOUBLE AS denominator
FROM known
INNER JOIN program_year ON known.school_year = program_year.school_year AND program_year.is_over
WHERE known.new_admissions IS NOT NULL OR (known.place = 1 AND known.carried_over IS NOT NULL)

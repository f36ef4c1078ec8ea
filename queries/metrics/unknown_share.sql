-- id: X04
-- title: Entries that say unknown or other
-- asks: How much of what the log should say does it leave open?
-- unit: percent of entries
-- numerator: entries of the field that are empty, unknown or other
-- denominator: entries of the field
-- aggregate: ratio
-- scale: 100
-- interval: none
-- direction: down
-- persons: no
-- grain: month
-- stream: log
-- slice: field
-- needs: incidents
-- level: school
-- defined_by: this program
-- caution: Without fields it is the share over all five together. Other is at times the right answer.
-- version: 1
-- daily: no
WITH
    field AS (
        SELECT unnest(['location', 'weapon', 'offense_level', 'initiated_by', 'handled_by']) AS slice
    ),

    entry AS (
        SELECT
            incidents.school_id,
            incidents.occurred_on AS day,
            field.slice,
            CASE field.slice
                WHEN 'location' THEN incidents.location
                WHEN 'weapon' THEN incidents.weapon
                WHEN 'offense_level' THEN incidents.offense_level
                WHEN 'initiated_by' THEN incidents.initiated_by
                WHEN 'handled_by' THEN incidents.handled_by
            END AS code
        FROM export.incidents AS incidents
        CROSS JOIN field
        WHERE incidents.duplicate_of IS NULL AND incidents.occurred_on <= (SELECT data_through FROM data_date)
    )

SELECT
    school_id,
    day,
    slice,
    if(coalesce(code, 'unknown') IN ('unknown', 'other'), 1, 0) AS numerator,
    1 AS denominator
FROM entry

-- id: C09
-- title: Missed shifts that a stand-in worked
-- asks: When the assigned officer could not come, how often did somebody else?
-- unit: percent of missed shifts
-- numerator: missed shifts on whose day a stand-in was on site at the school
-- denominator: school and event shifts that the assigned officer missed
-- aggregate: ratio
-- scale: 100
-- interval: wilson
-- direction: up
-- persons: no
-- grain: month
-- stream: shifts
-- slice: none
-- needs: shifts
-- level: school
-- defined_by: this program
-- caution: A stand-in without a note of whom they stand in for counts for everyone who was missing at the school that
--   day. How much of the shift they worked is not asked.
-- version: 1
-- daily: no
SELECT
    missed.school_id,
    missed.day,
    NULL::VARCHAR AS slice,
    if(bool_or(coalesce(stand_in.is_on_site, FALSE)), 1, 0) AS numerator,
    1 AS denominator
FROM shift AS missed
LEFT JOIN shift AS stand_in
    ON
        missed.school_id = stand_in.school_id
        AND missed.day = stand_in.day
        AND stand_in.is_backfill
        AND missed.officer_id = coalesce(stand_in.for_officer_id, missed.officer_id)
WHERE missed.status = 'absent' AND missed.is_school_duty AND NOT missed.is_backfill
GROUP BY missed.shift_id, missed.school_id, missed.day

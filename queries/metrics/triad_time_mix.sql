-- id: E02
-- title: Use of time
-- asks: How does officers' logged time divide between teaching, counseling, law enforcement and the rest?
-- unit: percent of logged time
-- numerator: logged minutes in the role
-- denominator: logged minutes
-- aggregate: share
-- scale: 100
-- interval: none
-- direction: neutral
-- persons: no
-- grain: month
-- stream: log
-- slice: triad
-- needs: activities
-- level: school
-- defined_by: National Association of School Resource Officers, the three roles of educator, informal counselor and law
--   enforcement officer; safety planning and coordination are set apart by this program
-- caution: Of logged time only; patrol and presence are often not logged. The triad is a guide and sets no shares to
--   reach.
-- version: 1
-- daily: no
SELECT
    school_id,
    day,
    triad AS slice,
    duration_min AS numerator,
    NULL::DOUBLE AS denominator
FROM activity
WHERE duration_min IS NOT NULL

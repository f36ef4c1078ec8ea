-- id: C11
-- title: Longest coverage gap
-- asks: For how many school days in a row was no officer there?
-- unit: instructional days in a row
-- numerator: longest run of uncovered days at one school
-- denominator: instructional days with an officer assigned
-- aggregate: longest_run
-- scale: 1
-- interval: none
-- direction: down
-- persons: no
-- grain: month
-- stream: shifts
-- slice: none
-- needs: shifts, calendar
-- level: school
-- defined_by: this program
-- caution: Weekends and breaks neither lengthen nor end a gap. For several schools it is the longest of any one of
--   them. A gap is cut where the period is.
-- version: 1
-- daily: yes
SELECT
    school_id,
    day,
    NULL::VARCHAR AS slice,
    if(uncovered_reason IS NULL, 0, 1) AS numerator,
    1 AS denominator
FROM coverage_day
WHERE has_assignment

-- id: R12
-- title: Complaints and commendations
-- asks: What was said about officers, and what came of complaints?
-- unit: complaints and commendations
-- numerator: commendations, and complaints by their finding
-- denominator: none
-- aggregate: sum
-- scale: 1
-- interval: none
-- direction: neutral
-- persons: no
-- grain: month
-- stream: none
-- slice: complaint_outcome
-- needs: complaints
-- level: program
-- defined_by: practice of the Lincoln, Nebraska, school resource officer report
-- caution: Read by kind: a sum of praise and complaint says nothing. Few complaints may mean that people are content,
--   or that they do not know how to complain.
-- version: 1
-- daily: no
SELECT
    '*' AS school_id,
    received_on AS day,
    if(kind = 'commendation', 'commendation', coalesce(outcome, 'pending')) AS slice,
    1 AS numerator,
    NULL::DOUBLE AS denominator
FROM export.complaints
WHERE received_on <= (SELECT data_through FROM data_date)

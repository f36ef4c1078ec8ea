-- id: X01
-- title: Logs received
-- asks: Of the monthly logs that schools owed, how many came in?
-- unit: percent of school months
-- numerator: school months whose log came in, "nothing to report" included
-- denominator: school months with an instructional day and an officer assigned, or with an entry in the list of logs
-- aggregate: ratio
-- scale: 100
-- interval: none
-- direction: up
-- persons: no
-- grain: month
-- stream: none
-- slice: none
-- needs: log_submissions
-- level: school
-- defined_by: this program
-- caution: A month is owed once it is over. Months without a log are left out of every count and rate of the log:
--   missing is not zero.
-- version: 1
-- daily: no
SELECT
    school_id,
    month AS day,
    NULL::VARCHAR AS slice,
    if(received, 1, 0) AS numerator,
    1 AS denominator
FROM reporting_month
WHERE stream = 'log' AND expected

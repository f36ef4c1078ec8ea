-- id: R13
-- title: Calls that the funnel loses
-- asks: Do calls add up: by who handled them, and the officer's by how they ended?
-- unit: calls
-- numerator: calls without a handler, and calls handled by an officer without an outcome
-- denominator: calls for service
-- aggregate: sum
-- scale: 1
-- interval: none
-- direction: down
-- persons: no
-- grain: month
-- stream: log
-- slice: none
-- needs: incidents
-- level: school
-- defined_by: the identity that the Davenport, Iowa, dashboard keeps; this program checks it
-- caution: Must be 0. Anything else is an entry to complete in the log, not an event.
-- version: 1
-- daily: no
SELECT
    school_id,
    day,
    NULL::VARCHAR AS slice,
    if(handled_by = 'unknown' OR (handled_by = 'officer' AND outcome = 'unknown'), 1, 0) AS numerator,
    1 AS denominator
FROM incident
WHERE is_call

-- id: I10p
-- title: Time within which nine calls in ten were reached
-- asks: In an urgent call, within how many minutes was an officer there nine times in ten?
-- unit: minutes (90th percentile)
-- numerator: 90th percentile of minutes from notification to arrival
-- denominator: emergency and urgent calls with a response time
-- aggregate: p90
-- scale: 1
-- interval: none
-- direction: down
-- persons: no
-- grain: month
-- stream: log
-- slice: none
-- needs: incidents
-- level: school
-- defined_by: Office of Community Oriented Policing Services, School Violence Prevention Program
-- caution: Rests on the slowest calls, so it moves much where calls are few; under ten calls say little. Calls
--   without a time are left out.
-- version: 1
-- daily: no
SELECT
    school_id,
    day,
    NULL::VARCHAR AS slice,
    response_minutes AS numerator,
    NULL::DOUBLE AS denominator,
    incident_id AS member
FROM incident
WHERE is_call AND incident_class IN ('emergency', 'urgent') AND response_minutes IS NOT NULL

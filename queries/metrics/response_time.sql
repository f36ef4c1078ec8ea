-- id: I10
-- title: Time until an officer is there
-- asks: In an urgent call, how long until an officer was on the scene?
-- unit: minutes (median)
-- numerator: median minutes from notification to arrival
-- denominator: emergency and urgent calls with a response time
-- aggregate: median
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
-- caution: Half of the calls took longer, some much longer: see the nine in ten. Calls without a time are left out;
--   under ten calls say little.
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

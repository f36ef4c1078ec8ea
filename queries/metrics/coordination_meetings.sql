-- id: E09
-- title: Coordination meetings
-- asks: How often did officers meet with school leaders, safety teams and other agencies?
-- unit: meetings
-- numerator: meetings with administrators, other agencies and safety teams
-- denominator: none
-- aggregate: sum
-- scale: 1
-- interval: none
-- direction: up
-- persons: no
-- grain: month
-- stream: log
-- slice: none
-- needs: activities
-- level: school
-- defined_by: Office of Community Oriented Policing Services, School Violence Prevention Program
-- caution: Counts entries of the log. It says that people met, not what came of it.
-- version: 1
-- daily: no
SELECT
    school_id,
    day,
    NULL::VARCHAR AS slice,
    1 AS numerator,
    NULL::DOUBLE AS denominator
FROM activity
WHERE activity_type IN ('admin_meeting', 'agency_liaison', 'safety_team')

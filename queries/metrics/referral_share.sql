-- id: R07
-- title: Calls that went to court or probation
-- asks: Of the calls for service, how many led to a citation, ticket, petition or arrest?
-- unit: percent of calls
-- numerator: calls for service with a citation, an appearance ticket, a petition or an arrest
-- denominator: calls for service
-- aggregate: ratio
-- scale: 100
-- interval: wilson
-- direction: neutral
-- persons: yes
-- grain: month
-- stream: log
-- slice: none
-- needs: incidents, le_actions
-- level: school
-- defined_by: practice of the Lincoln, Nebraska, school resource officer report
-- caution: A report that a police officer only wrote is no referral here. What calls were about moves it. For the
--   program only.
-- version: 1
-- daily: no
WITH
    referred AS (
        SELECT DISTINCT incident_id
        FROM incident_action
        WHERE
            action IN ('citation', 'appearance_ticket', 'petition_referral', 'arrest_physical', 'arrest_paper')
            AND students > 0
    )

SELECT
    incident.school_id,
    incident.day,
    NULL::VARCHAR AS slice,
    if(referred.incident_id IS NULL, 0, 1) AS numerator,
    1 AS denominator
FROM incident
LEFT JOIN referred ON incident.incident_id = referred.incident_id
WHERE incident.is_call

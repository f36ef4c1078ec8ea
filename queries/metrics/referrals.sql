-- id: R06
-- title: Referrals to law enforcement
-- asks: How many students were reported, cited, ticketed, petitioned or arrested?
-- unit: referrals
-- numerator: students with a report, citation, ticket, petition or arrest, once for each incident
-- denominator: none
-- aggregate: sum
-- scale: 1
-- interval: poisson
-- direction: neutral
-- persons: yes
-- grain: month
-- stream: log
-- slice: none
-- needs: incidents, le_actions
-- level: school
-- defined_by: U.S. Department of Education, Civil Rights Data Collection, as an officers' log can follow it
-- caution: Instances, not students: someone referred in two incidents counts twice. The log does not say whether a
--   report and a citation concern the same student; of each incident the action that concerned most counts. Arrests
--   are among them. Small counts are hidden.
-- version: 1
-- daily: no
WITH
    by_incident AS (
        SELECT
            incident_id,
            school_id,
            day,
            sum(students) FILTER (WHERE action IN ('arrest_physical', 'arrest_paper')) AS arrested,
            max(students) FILTER (WHERE action NOT IN ('arrest_physical', 'arrest_paper')) AS otherwise
        FROM incident_action
        WHERE
            action IN (
                'report', 'citation', 'appearance_ticket', 'petition_referral', 'arrest_physical', 'arrest_paper'
            )
        GROUP BY incident_id, school_id, day
    )

SELECT
    school_id,
    day,
    NULL::VARCHAR AS slice,
    greatest(coalesce(arrested, 0), coalesce(otherwise, 0)) AS numerator,
    NULL::DOUBLE AS denominator
FROM by_incident

-- id: I11
-- title: Officer on site when it happened
-- asks: When an incident happened in school hours, was an officer in the building?
-- unit: percent of incidents
-- numerator: incidents with an officer on site
-- denominator: incidents in school hours on instructional days with an officer assigned
-- aggregate: ratio
-- scale: 100
-- interval: wilson
-- direction: neutral
-- persons: no
-- grain: month
-- stream: log
-- slice: none
-- needs: incidents, calendar
-- level: school
-- defined_by: this program
-- caution: An officer on site logs more of what happens, so a high share does not show that presence causes or prevents
--   anything. Incidents where it was not noted are left out.
-- version: 1
-- daily: no
SELECT
    incident.school_id,
    incident.day,
    NULL::VARCHAR AS slice,
    if(incident.sro_on_site, 1, 0) AS numerator,
    1 AS denominator
FROM incident
INNER JOIN service_day ON incident.school_id = service_day.school_id AND incident.day = service_day.day
WHERE incident.in_school_hours AND incident.sro_on_site IS NOT NULL

-- An action concerns no more students than were involved in its incident.
-- rule: more_students_than_involved
-- severity: warning
-- table: le_actions
-- needs: le_actions, incidents
-- says: The action concerns more students than were involved in its incident.
-- remedy: Correct n_students here or n_students_involved in incidents.
-- effect: Counts of persons may be too high; incidents are not concerned.
-- Both numbers are protected and stay out of the message.
SELECT
    le_actions._row AS row_number,
    le_actions._file AS file,
    'n_students' AS column_name,
    NULL::VARCHAR AS value
FROM export.le_actions AS le_actions
INNER JOIN export.incidents AS incidents ON le_actions.incident_id = incidents.incident_id
WHERE le_actions.n_students > incidents.n_students_involved

-- One row per incident of the log and kind of action taken in it. An action without a number of students concerned one.
-- `school_related` as the log can tell: at school, on a bus or at a school event, or called by the school's staff.
CREATE VIEW incident_action AS
SELECT
    incident.incident_id,
    incident.school_id,
    incident.day,
    incident.month,
    incident.is_call,
    le_actions.action,
    sum(coalesce(le_actions.n_students, 1)) AS students,
    coalesce(
        min_by(le_actions.reason_offense_level, le_actions.seq), any_value(incident.offense_level), 'unknown'
    ) AS offense,
    if(
        any_value(incident.location) NOT IN ('off_property', 'online', 'unknown')
        OR any_value(incident.initiated_by) IN ('administrator', 'teacher_staff'),
        'at_school',
        'elsewhere'
    ) AS school_related
FROM export.le_actions AS le_actions
INNER JOIN incident ON le_actions.incident_id = incident.incident_id
GROUP BY
    incident.incident_id, incident.school_id, incident.day, incident.month, incident.is_call, le_actions.action;

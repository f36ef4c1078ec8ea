-- Every logged activity that has passed, with the role that it belongs to.
CREATE VIEW activity AS
SELECT
    activities.activity_id,
    activities.officer_id,
    activities.school_id,
    activities.date AS day,
    activities.activity_type,
    coalesce(activity_type.triad, 'other') AS triad,
    activity_type.ssocs_code,
    activities.duration_min,
    activities.topic,
    activities.audience,
    activities.grade_band,
    coalesce(activities.sessions, 1) AS sessions,
    activities.students_reached,
    activities.adults_reached,
    activities.contacts
FROM export.activities AS activities
LEFT JOIN reference.activity_type AS activity_type ON activities.activity_type = activity_type.activity_type
WHERE activities.date <= (SELECT data_through FROM data_date);

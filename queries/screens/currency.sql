-- Of each officer in service at the data date: when the training in each of the program's topics was last taken, and
-- until when the certificate holds (NULL with a training taken: it has no end).
WITH
    topic AS (
        SELECT unnest(['crisis_intervention', 'conflict_resolution_deescalation', 'youth_engagement']) AS topic
    ),

    in_service AS (
        SELECT
            officers.officer_id,
            officers.position_id
        FROM export.officers AS officers
        CROSS JOIN data_date
        WHERE
            officers.hire_date <= data_date.data_through
            AND coalesce(officers.end_date, data_date.data_through) >= data_date.data_through
    ),

    taken AS (
        SELECT
            training.officer_id,
            training.topic,
            max(training.completed_on) AS last_taken,
            bool_or(training.certificate_expires IS NULL) AS has_no_end,
            max(training.certificate_expires) AS holds_until
        FROM export.training AS training
        CROSS JOIN data_date
        WHERE
            coalesce(training.role, 'attendee') = 'attendee'
            AND training.completed_on <= data_date.data_through
        GROUP BY training.officer_id, training.topic
    )

SELECT
    in_service.officer_id,
    coalesce(in_service.position_id, '') AS position_id,
    topic.topic,
    coalesce(slice_title.title, topic.topic) AS title,
    taken.last_taken,
    if(taken.has_no_end, NULL, taken.holds_until) AS holds_until
FROM in_service
CROSS JOIN topic
LEFT JOIN taken ON in_service.officer_id = taken.officer_id AND topic.topic = taken.topic
LEFT JOIN slice_title ON slice_title.dimension = 'topic' AND topic.topic = slice_title.slice
ORDER BY slice_title.sort_order, position_id, in_service.officer_id;

-- id: T05
-- title: Trained in the program's topics
-- asks: How many officers are current in crisis intervention, conflict resolution and youth engagement?
-- unit: percent of active officers
-- numerator: officers with a training in the topic that had not expired at the end of the year or the data date
-- denominator: officers active at any time in the school year
-- aggregate: ratio
-- scale: 100
-- interval: none
-- direction: up
-- persons: no
-- grain: year
-- stream: none
-- slice: topic
-- needs: officers, training
-- level: program
-- defined_by: this program
-- caution: Without topics it is the share over all three together. A training without an expiry date stays current.
--   Over several years each officer counts once a year.
-- version: 1
-- daily: no
WITH
    topic AS (
        SELECT unnest(['crisis_intervention', 'conflict_resolution_deescalation', 'youth_engagement']) AS topic
    )

SELECT
    '*' AS school_id,
    officer_year.first_day AS day,
    topic.topic AS slice,
    if(count(training.officer_id) > 0, 1, 0) AS numerator,
    1 AS denominator
FROM officer_year
CROSS JOIN topic
LEFT JOIN export.training AS training
    ON
        officer_year.officer_id = training.officer_id
        AND topic.topic = training.topic
        AND coalesce(training.role, 'attendee') = 'attendee'
        AND officer_year.through_day >= training.completed_on
        AND officer_year.through_day <= coalesce(training.certificate_expires, officer_year.through_day)
GROUP BY officer_year.officer_id, officer_year.first_day, topic.topic

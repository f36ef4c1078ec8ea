-- id: C12
-- title: Authorized positions filled
-- asks: How many of the positions that are authorized have an officer?
-- unit: percent of authorized positions
-- numerator: authorized positions with an active officer on the last day of the month
-- denominator: positions authorized on the last day of the month
-- aggregate: ratio
-- scale: 100
-- interval: none
-- direction: up
-- persons: no
-- grain: month
-- stream: none
-- slice: none
-- needs: positions, officers
-- level: program
-- defined_by: Office of Community Oriented Policing Services, progress report of hiring awards
-- caution: Over several months it is the share of position-months that were filled. The month under way counts on the
--   data date.
-- version: 1
-- daily: no
WITH
    opening AS (
        SELECT
            unnest(generate_series(first_day, through_day, INTERVAL 1 MONTH)) AS begins,
            through_day
        FROM program_year
    ),

    month AS (
        SELECT
            begins::DATE AS first_day,
            through_day
        FROM opening
    ),

    authorized AS (
        SELECT
            month.first_day,
            positions.position_id,
            least(last_day(month.first_day), month.through_day) AS counted_on
        FROM export.positions AS positions
        INNER JOIN month
            ON
                least(last_day(month.first_day), month.through_day) >= positions.authorized_from
                AND least(last_day(month.first_day), month.through_day)
                <= coalesce(positions.authorized_to, month.through_day)
    )

SELECT
    '*' AS school_id,
    authorized.first_day AS day,
    NULL::VARCHAR AS slice,
    if(count(officers.officer_id) > 0, 1, 0) AS numerator,
    1 AS denominator
FROM authorized
LEFT JOIN export.officers AS officers
    ON
        authorized.position_id = officers.position_id
        AND authorized.counted_on >= coalesce(officers.hire_date, authorized.counted_on)
        AND authorized.counted_on <= coalesce(officers.end_date, authorized.counted_on)
GROUP BY authorized.first_day, authorized.position_id

-- One metric's members by unit, period part and slice: how many, the sum, median and 90th percentile of their largest.
WITH
    chosen AS (
        SELECT
            unnest($school_ids) AS school_id,
            unnest($units) AS unit
    ),

    part AS (
        SELECT
            unnest($starts) AS start_day,
            unnest($ends) AS end_day
    ),

    unreported AS (
        SELECT
            school_id,
            month
        FROM reporting_month
        WHERE stream = $stream AND expected AND NOT received
    ),

    member AS (
        SELECT
            chosen.unit,
            part.start_day,
            CASE WHEN $sliced THEN metric_member.slice END AS slice,
            metric_member.member,
            max(metric_member.numerator) AS largest
        FROM metric_member
        INNER JOIN chosen ON metric_member.school_id = chosen.school_id
        INNER JOIN part ON metric_member.month BETWEEN part.start_day AND part.end_day
        ANTI JOIN unreported
            ON metric_member.school_id = unreported.school_id AND metric_member.month = unreported.month
        WHERE metric_member.metric = $metric
        GROUP BY ALL
    )

SELECT
    unit,
    start_day,
    slice,
    count(*) AS members,
    sum(largest) AS total,
    median(largest) AS middle,
    quantile_cont(largest, 0.9) AS nine_in_ten
FROM member
GROUP BY unit, start_day, slice
ORDER BY unit, start_day, slice;

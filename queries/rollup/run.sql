-- One metric's rows (metric_row), one a day, as runs of days with numerator 1: by school and month how many days there
-- are, how long the runs are that its first and its last day belong to (0 where it belongs to none), and the longest.
INSERT INTO metric_run
SELECT
    $metric AS metric,
    school_id,
    month,
    sum(days) AS days,
    coalesce(sum(length) FILTER (WHERE breaks = 0), 0) AS opening,
    max_by(length, breaks) AS closing,
    max(length) AS longest
FROM (
    SELECT
        school_id,
        month,
        breaks,
        count(*) AS days,
        sum(numerator) AS length
    FROM (
        SELECT
            school_id,
            date_trunc('month', day)::DATE AS month,
            numerator,
            sum(1 - numerator) OVER (
                PARTITION BY school_id, date_trunc('month', day)::DATE ORDER BY day
            ) AS breaks
        FROM metric_row
    ) AS day_row
    GROUP BY school_id, month, breaks
) AS run
GROUP BY school_id, month
ORDER BY ALL;

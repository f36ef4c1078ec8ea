-- From when to when at least one officer was at a school: overlapping shifts joined, so that a minute counts once.
CREATE TABLE presence AS
WITH
    stay AS (
        SELECT
            school_id,
            day,
            actual_start,
            actual_end,
            max(actual_end) OVER (
                PARTITION BY school_id, day ORDER BY actual_start, actual_end
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
            ) AS covered_until
        FROM shift
        WHERE is_on_site
    ),

    numbered AS (
        SELECT
            school_id,
            day,
            actual_start,
            actual_end,
            count(*) FILTER (WHERE covered_until IS NULL OR actual_start > covered_until) OVER (
                PARTITION BY school_id, day ORDER BY actual_start, actual_end
                ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
            ) AS island
        FROM stay
    )

SELECT
    school_id,
    day,
    min(actual_start) AS on_site_from,
    max(actual_end) AS on_site_to
FROM numbered
GROUP BY school_id, day, island
ORDER BY school_id, day, on_site_from;

-- Every slice that a metric has anywhere in the vintage or that its code list names, in the order of the list: its
-- title, the months in which it was used, and whether the list names it.
WITH
    used AS (
        SELECT
            slice,
            month
        FROM metric_month
        WHERE metric = $metric AND slice IS NOT NULL
        UNION
        SELECT
            slice,
            month
        FROM metric_member
        WHERE metric = $metric AND slice IS NOT NULL
    ),

    used_in AS (
        SELECT
            slice,
            list(month ORDER BY month) AS months
        FROM used
        GROUP BY slice
    ),

    listed AS (
        SELECT
            slice,
            title,
            sort_order
        FROM slice_title
        WHERE dimension = $dimension
    )

SELECT
    coalesce(used_in.slice, listed.slice) AS slice,
    coalesce(listed.title, used_in.slice) AS title,
    coalesce(used_in.months, []) AS months,
    listed.slice IS NOT NULL AS is_listed
FROM used_in
FULL JOIN listed ON used_in.slice = listed.slice
ORDER BY listed.sort_order NULLS LAST, title;

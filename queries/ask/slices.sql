-- Every slice that a metric has anywhere in the vintage, with its title, in the order of its code list.
WITH
    used AS (
        SELECT slice FROM metric_month
        WHERE metric = $metric
        UNION
        SELECT slice FROM metric_member
        WHERE metric = $metric
    )

SELECT
    used.slice,
    coalesce(slice_title.title, used.slice) AS title
FROM used
LEFT JOIN slice_title ON slice_title.dimension = $dimension AND used.slice = slice_title.slice
WHERE used.slice IS NOT NULL
ORDER BY slice_title.sort_order NULLS LAST, title;

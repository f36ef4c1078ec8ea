-- Every slice that a metric has anywhere in the vintage, with its title, in the order of its code list.
-- With $whole_list the code list's others too, so that the list does not tell which ever happened.
-- Of categories, written scheme:code, only the schemes that were in use between the days asked for.
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
        UNION
        SELECT
            slice,
            $first_day AS month
        FROM slice_title
        WHERE $whole_list AND dimension = $dimension
    ),

    scheme_in_use AS (
        SELECT DISTINCT split_part(slice, ':', 1) AS scheme
        FROM used
        WHERE month BETWEEN $first_day AND $last_day
    ),

    known AS (
        SELECT DISTINCT slice
        FROM used
        WHERE NOT contains(slice, ':') OR split_part(slice, ':', 1) IN (SELECT scheme FROM scheme_in_use)
    )

SELECT
    known.slice,
    coalesce(slice_title.title, known.slice) AS title
FROM known
LEFT JOIN slice_title ON slice_title.dimension = $dimension AND known.slice = slice_title.slice
ORDER BY slice_title.sort_order NULLS LAST, title;

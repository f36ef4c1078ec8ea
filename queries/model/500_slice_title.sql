-- What people call each category of a metric, and its place in lists. Dimensions are the `slice` of metric cards.
CREATE TABLE slice_title AS
WITH
    category AS (
        SELECT
            category_scheme || ':' || category AS slice,
            title,
            sort_order
        FROM reference.incident_category
        UNION ALL
        SELECT
            category_scheme || ':' || category AS slice,
            title,
            sort_order
        FROM export.incident_categories
        ANTI JOIN reference.incident_category AS known
            ON
                incident_categories.category_scheme = known.category_scheme
                AND incident_categories.category = known.category
    ),

    used_category AS (
        SELECT category AS slice
        FROM incident
        UNION
        SELECT category AS slice
        FROM official_total
    )

SELECT
    field AS dimension,
    code AS slice,
    title,
    sort_order::BIGINT AS sort_order
FROM reference.code_title
UNION ALL
SELECT
    'activity_type' AS dimension,
    activity_type AS slice,
    title,
    sort_order::BIGINT AS sort_order
FROM reference.activity_type
UNION ALL
SELECT
    'grant' AS dimension,
    grant_id AS slice,
    concat_ws(', ', grant_id, program) AS title,
    row_number() OVER (ORDER BY grants.start, grant_id) AS sort_order
FROM export.grants AS grants
UNION ALL
SELECT
    'category' AS dimension,
    coalesce(category.slice, used_category.slice) AS slice,
    coalesce(
        category.title,
        if(used_category.slice = 'local:unknown', 'Not stated', NULL),
        split_part(used_category.slice, ':', 2) || ' (' || split_part(used_category.slice, ':', 1) || ')'
    ) AS title,
    category.sort_order::BIGINT AS sort_order
FROM category
FULL JOIN used_category ON category.slice = used_category.slice
ORDER BY dimension, sort_order, slice;

-- No more than a tenth of a column's codes is unknown.
-- rule: many_unknown
-- severity: warning
-- table: incidents
-- needs: incidents
-- says: {unknown} of {total} incidents do not say {column_name}.
-- remedy: Ask officers to fill it in; what it breaks down means little until they do.
-- effect: Totals hold; shares by that column speak only of those that say.
WITH
    answer AS (
        SELECT
            'location' AS column_name,
            location AS code,
            _file
        FROM export.incidents
        UNION ALL
        SELECT
            'weapon' AS column_name,
            weapon AS code,
            _file
        FROM export.incidents
        UNION ALL
        SELECT
            'offender_type' AS column_name,
            offender_type AS code,
            _file
        FROM export.incidents
        UNION ALL
        SELECT
            'initiated_by' AS column_name,
            initiated_by AS code,
            _file
        FROM export.incidents
        UNION ALL
        SELECT
            'handled_by' AS column_name,
            handled_by AS code,
            _file
        FROM export.incidents
        UNION ALL
        SELECT
            'offense_level' AS column_name,
            offense_level AS code,
            _file
        FROM export.incidents
    )

SELECT
    NULL::BIGINT AS row_number,
    min(_file) AS file,
    column_name,
    NULL::VARCHAR AS value,
    count(*) FILTER (WHERE coalesce(code, 'unknown') = 'unknown') AS unknown,
    count(*) AS total
FROM answer
GROUP BY column_name
-- A column that is empty throughout was not collected; behind fewer than 20 rows a share says little.
HAVING count(code) > 0 AND count(*) >= 20 AND unknown > 0.1 * total

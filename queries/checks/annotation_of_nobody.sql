-- An event of a school or district names one of the export.
-- rule: annotation_of_nobody
-- severity: warning
-- table: annotations
-- needs: annotations
-- says: There is no {scope} {scope_id}; the event cannot be drawn.
-- remedy: Write a school_id or district_id of the export in scope_id, or make the scope program.
-- effect: The event stands on no figure, and no series is cut there.
WITH
    known AS (
        SELECT
            'school' AS scope,
            school_id AS scope_id
        FROM export.schools
        UNION ALL
        SELECT
            'district' AS scope,
            district_id AS scope_id
        FROM export.districts
        UNION
        SELECT
            'district' AS scope,
            district_id AS scope_id
        FROM export.schools
    )

SELECT
    annotations._row AS row_number,
    annotations._file AS file,
    'scope_id' AS column_name,
    annotations.scope_id AS value,
    annotations.scope,
    coalesce(annotations.scope_id, 'without an id') AS scope_id
FROM export.annotations AS annotations
ANTI JOIN known ON annotations.scope = known.scope AND annotations.scope_id = known.scope_id
WHERE annotations.scope <> 'program'

-- A row marked as a repeat names another incident that is counted.
-- rule: duplicate_of_nothing
-- severity: error
-- table: incidents
-- needs: incidents
-- says: The row repeats {duplicate_of}, which {what}; the incident would not be counted at all.
-- remedy: Name the incident that counts, or leave duplicate_of empty.
SELECT
    repeat._row AS row_number,
    repeat._file AS file,
    'duplicate_of' AS column_name,
    repeat.duplicate_of AS value,
    repeat.duplicate_of,
    CASE
        WHEN repeat.duplicate_of = repeat.incident_id THEN 'is this row itself'
        WHEN counted.incident_id IS NULL THEN 'is not in the export'
        ELSE 'is marked as a repeat too'
    END AS what
FROM export.incidents AS repeat
LEFT JOIN export.incidents AS counted ON repeat.duplicate_of = counted.incident_id
WHERE
    repeat.duplicate_of IS NOT NULL
    AND (counted.incident_id IS NULL OR counted.duplicate_of IS NOT NULL)

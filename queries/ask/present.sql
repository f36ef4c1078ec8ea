-- The tables that the export holds.
SELECT table_name
FROM meta.table_presence
WHERE present
ORDER BY table_name;

-- Whether the vintage carries a disclosure decision; one that was built before there were any does not.
SELECT count(*) > 0 AS has_decision
FROM duckdb_tables()
WHERE table_name = 'disclosure_cell';

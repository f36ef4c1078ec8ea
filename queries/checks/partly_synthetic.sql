-- All tables of an export are synthetic, or none is.
-- rule: partly_synthetic
-- severity: warning
-- table: manifest
-- needs: manifest
-- says: Another table is marked synthetic, but {table_name} is not; every screen will say SYNTHETIC.
-- remedy: Load real and fictional data apart.
-- effect: Every screen and file says SYNTHETIC.
SELECT
    _row AS row_number,
    _file AS file,
    'synthetic' AS column_name,
    synthetic::VARCHAR AS value,
    table_name
FROM export.manifest
WHERE
    NOT coalesce(synthetic, FALSE)
    AND (SELECT bool_or(listed.synthetic) FROM export.manifest AS listed)

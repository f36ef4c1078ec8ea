-- The last day that the export speaks of. Whatever lies after it has not happened yet.
CREATE TABLE data_date AS
SELECT value::DATE AS data_through
FROM meta.fact
WHERE name = 'data_through';

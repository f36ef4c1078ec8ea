-- The files that the vintage was built from.
SELECT DISTINCT file
FROM meta.source
ORDER BY file;

-- Every category of a metric's code list, and any other that it has: a list that does not depend on what happened when.
SELECT slice
FROM slice_title
WHERE dimension = $dimension
UNION
SELECT slice
FROM metric_month
WHERE metric = $metric AND slice IS NOT NULL
ORDER BY slice;

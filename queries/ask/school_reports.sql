-- By school and month: whether a report is expected (1 or 0), and whether it was received.
SELECT
    school_id,
    month,
    NULL AS slice,
    expected::INTEGER AS expected,
    (expected AND received)::INTEGER AS received
FROM reporting_month
WHERE stream = $stream
ORDER BY school_id, month;

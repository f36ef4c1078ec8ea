-- One metric's sums of all schools together by month and slice.
SELECT
    'program' AS unit,
    month,
    slice,
    numerator,
    denominator
FROM program_month
WHERE metric = $metric
ORDER BY month, slice;

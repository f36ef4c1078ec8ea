-- One metric's sums of all schools together by day and slice, from $first to $last.
SELECT
    'program' AS unit,
    day,
    slice,
    numerator,
    denominator
FROM program_day
WHERE metric = $metric AND day BETWEEN $first AND $last
ORDER BY day, slice;

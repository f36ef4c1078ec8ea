-- Days on which the law changed what is counted, and for which stream or metric (an empty metric means all of it).
SELECT
    stream,
    coalesce(metric, '') AS metric,
    date::DATE AS date,
    label
FROM reference.series_break
ORDER BY date, stream, metric;

-- Dated events that charts should show, with whom they concern.
SELECT
    date,
    scope,
    scope_id,
    kind,
    label
FROM export.annotations
WHERE date <= (SELECT data_through FROM data_date)
ORDER BY date, scope, scope_id, label;

-- The first and the last day that the data speak of.
SELECT
    max(value) FILTER (WHERE name = 'data_from')::DATE AS data_from,
    max(value) FILTER (WHERE name = 'data_through')::DATE AS data_through
FROM meta.fact;

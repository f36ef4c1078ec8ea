-- What is true of the whole vintage: its first day, its data date, whether it is synthetic.
SELECT
    name,
    value
FROM meta.fact
ORDER BY name;

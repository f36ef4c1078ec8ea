-- A state category belongs to the scheme that was in force at the time.
-- rule: scheme_out_of_its_time
-- severity: warning
-- table: several
-- needs: none
-- says: {scheme} was in force from {first_day} to {last_day}, not on {day}.
-- remedy: Give the row the scheme and the category of its own time.
-- effect: By category the row stands under another year's terms; totals hold.
-- Source: New York State Education Department, School Safety and the Educational Climate; July 2017 and July 2021.
WITH
    scheme AS (
        SELECT
            listed.name,
            listed.first_day,
            listed.last_day
        FROM (
            VALUES
            ('vadir_20', NULL, DATE '2017-06-30'),
            ('ssec_2017', DATE '2017-07-01', DATE '2021-06-30'),
            ('ssec_2021', DATE '2021-07-01', NULL)
        ) AS listed (name, first_day, last_day)
    ),

    dated AS (
        SELECT
            'incidents' AS table_name,
            category_scheme AS name,
            occurred_on AS day,
            _file,
            _row
        FROM export.incidents
        WHERE ssec_code IS NOT NULL
        UNION ALL
        SELECT
            'official_incidents' AS table_name,
            category_scheme AS name,
            make_date(try_cast(left(school_year, 4) AS INTEGER), 7, 1) AS day,
            _file,
            _row
        FROM export.official_incidents
    )

SELECT
    dated._row AS row_number,
    dated._file AS file,
    dated.table_name,
    'category_scheme' AS column_name,
    dated.name AS value,
    dated.name AS scheme,
    coalesce(scheme.first_day::VARCHAR, 'its beginning') AS first_day,
    coalesce(scheme.last_day::VARCHAR, 'now') AS last_day,
    dated.day
FROM dated
INNER JOIN scheme ON dated.name = scheme.name
WHERE dated.day < scheme.first_day OR dated.day > scheme.last_day

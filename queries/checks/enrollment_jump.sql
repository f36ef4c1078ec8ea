-- A school's enrollment changes by no more than a quarter from year to year.
-- rule: enrollment_jump
-- severity: warning
-- table: enrollment
-- needs: enrollment
-- says: {school_id} has {n} students in {school_year}, after {previous} the year before.
-- remedy: Check both numbers; say in annotations why, where schools were merged or grades moved.
-- effect: Rates per student of that school and year rest on that number; a wrong one makes them wrong.
SELECT
    this_year._row AS row_number,
    this_year._file AS file,
    'n' AS column_name,
    this_year.n::VARCHAR AS value,
    this_year.school_id,
    this_year.school_year,
    this_year.n,
    last_year.n AS previous
FROM export.enrollment AS this_year
INNER JOIN export.enrollment AS last_year
    ON
        this_year.school_id = last_year.school_id
        AND this_year.basis = last_year.basis
        AND this_year.subgroup_dim = last_year.subgroup_dim
        AND this_year.subgroup = last_year.subgroup
        AND try_cast(left(this_year.school_year, 4) AS INTEGER)
        = try_cast(left(last_year.school_year, 4) AS INTEGER) + 1
WHERE
    this_year.subgroup_dim = 'all'
    AND this_year.basis IN ('beds_day', 'adm')
    AND abs(this_year.n - last_year.n) > 0.25 * last_year.n

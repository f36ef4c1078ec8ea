-- The groups of a school's students add up to no more than all of them.
-- rule: groups_exceed_all
-- severity: warning
-- table: enrollment
-- needs: enrollment
-- says: Groups by {subgroup_dim} at {school_id} in {school_year} add up to {total}, more than all {students}
--   students.
-- remedy: Correct the groups, or the row of all students.
-- effect: Rates by group are too low; whole rates are not concerned.
SELECT
    min(part._row) AS row_number,
    min(part._file) AS file,
    'n' AS column_name,
    sum(part.n)::BIGINT::VARCHAR AS value,
    part.subgroup_dim,
    part.school_id,
    part.school_year,
    sum(part.n)::BIGINT AS total,
    whole.n AS students
FROM export.enrollment AS part
INNER JOIN export.enrollment AS whole
    ON
        part.school_id = whole.school_id
        AND part.school_year = whole.school_year
        AND part.basis = whole.basis
        AND whole.subgroup_dim = 'all'
WHERE part.subgroup_dim <> 'all'
GROUP BY part.school_id, part.school_year, part.basis, part.subgroup_dim, whole.n
HAVING sum(part.n) > whole.n

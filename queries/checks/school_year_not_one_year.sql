-- A school year ends in the year after it began.
-- rule: school_year_not_one_year
-- severity: error
-- table: several
-- needs: none
-- says: {school_year} is not a school year.
-- remedy: Write 2025-26 for July 2025 to June 2026.
WITH
    dated AS (
        SELECT
            'enrollment' AS table_name,
            school_year,
            _file,
            _row
        FROM export.enrollment
        UNION ALL
        SELECT
            'official_incidents' AS table_name,
            school_year,
            _file,
            _row
        FROM export.official_incidents
        UNION ALL
        SELECT
            'le_action_demographics' AS table_name,
            school_year,
            _file,
            _row
        FROM export.le_action_demographics
        UNION ALL
        SELECT
            'requirements' AS table_name,
            school_year,
            _file,
            _row
        FROM export.requirements
        UNION ALL
        SELECT
            'threat_assessments' AS table_name,
            school_year,
            _file,
            _row
        FROM export.threat_assessments
        UNION ALL
        SELECT
            'costs' AS table_name,
            school_year,
            _file,
            _row
        FROM export.costs
    )

SELECT
    _row AS row_number,
    _file AS file,
    table_name,
    'school_year' AS column_name,
    school_year AS value,
    school_year
FROM dated
WHERE try_cast(right(school_year, 2) AS INTEGER) <> (try_cast(left(school_year, 4) AS INTEGER) + 1) % 100

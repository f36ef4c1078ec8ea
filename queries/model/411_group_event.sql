-- One row per group, school year that is over and event (arrest, report): students concerned, and those enrolled.
-- A group of which nothing was told counts none in a year in which the event was told of others.
CREATE VIEW group_event AS
WITH
    counted AS (
        SELECT
            school_year,
            subgroup_dim,
            subgroup,
            if(action = 'report', 'report', 'arrest') AS event,
            sum(n) AS students
        FROM export.le_action_demographics
        WHERE action IN ('report', 'arrest_physical', 'arrest_paper')
        GROUP BY ALL
    ),

    told AS (
        SELECT DISTINCT
            school_year,
            subgroup_dim,
            event
        FROM counted
    ),

    enrolled AS (
        SELECT
            told.school_year,
            told.subgroup_dim,
            group_year.subgroup,
            told.event,
            group_year.students
        FROM group_year
        INNER JOIN told
            ON group_year.school_year = told.school_year AND group_year.subgroup_dim = told.subgroup_dim
    )

SELECT
    program_year.first_day AS day,
    coalesce(counted.subgroup_dim, enrolled.subgroup_dim) AS subgroup_dim,
    coalesce(counted.subgroup, enrolled.subgroup) AS subgroup,
    coalesce(counted.event, enrolled.event) AS event,
    coalesce(counted.students, 0) AS students,
    coalesce(enrolled.students, 0) AS enrolled
FROM counted
FULL JOIN enrolled
    ON
        counted.school_year = enrolled.school_year
        AND counted.subgroup_dim = enrolled.subgroup_dim
        AND counted.subgroup = enrolled.subgroup
        AND counted.event = enrolled.event
INNER JOIN program_year
    ON coalesce(counted.school_year, enrolled.school_year) = program_year.school_year AND program_year.is_over;

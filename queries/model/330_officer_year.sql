-- Every officer in every school year in which the officer was active, up to the data date.
CREATE TABLE officer_year AS
SELECT
    officers.officer_id,
    program_year.school_year,
    program_year.first_day,
    program_year.through_day
FROM export.officers AS officers
INNER JOIN program_year
    ON
        coalesce(officers.hire_date, program_year.first_day) <= program_year.through_day
        AND coalesce(officers.end_date, program_year.through_day) >= program_year.first_day
ORDER BY officers.officer_id, program_year.school_year;

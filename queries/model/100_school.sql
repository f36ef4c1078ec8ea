-- Every school with its district, and the day on which the program's first officer was assigned to it.
CREATE TABLE school AS
WITH
    first_assignment AS (
        SELECT
            school_id,
            min(start_date) AS program_start
        FROM export.assignments
        WHERE start_date <= (SELECT data_through FROM data_date)
        GROUP BY school_id
    ),

    latest_provider AS (
        SELECT
            school_id,
            max_by(provider_agency, from_date) AS provider_agency
        FROM export.school_provider_history
        WHERE from_date <= (SELECT data_through FROM data_date)
        GROUP BY school_id
    )

SELECT
    schools.school_id,
    schools.name,
    coalesce(schools.short_name, schools.name) AS short_name,
    schools.district_id,
    districts.name AS district_name,
    schools.level,
    coalesce(schools.provider_agency, latest_provider.provider_agency) AS provider_agency,
    coalesce(schools.is_program_site, FALSE) AS is_program_site,
    coalesce(schools.count_in_program_total, TRUE) AS counts_in_total,
    first_assignment.program_start
FROM export.schools AS schools
LEFT JOIN export.districts AS districts ON schools.district_id = districts.district_id
LEFT JOIN first_assignment ON schools.school_id = first_assignment.school_id
LEFT JOIN latest_provider ON schools.school_id = latest_provider.school_id
ORDER BY schools.school_id;

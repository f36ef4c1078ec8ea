-- What was contracted for each service day: a year's days and hours spread evenly over its instructional days.
CREATE TABLE contract_day AS
SELECT
    service_day.school_id,
    service_day.day,
    sum(assignments.contract_days / year_length.instructional_days) AS contract_days,
    sum(assignments.contract_hours / year_length.instructional_days) AS contract_hours
FROM service_day
INNER JOIN export.assignments AS assignments
    ON
        service_day.school_id = assignments.school_id
        AND service_day.day BETWEEN assignments.start_date AND coalesce(assignments.end_date, DATE '9999-12-31')
INNER JOIN year_length
    ON service_day.school_id = year_length.school_id AND service_day.school_year = year_length.school_year
WHERE
    year_length.instructional_days > 0
    AND (assignments.contract_days IS NOT NULL OR assignments.contract_hours IS NOT NULL)
GROUP BY service_day.school_id, service_day.day
ORDER BY service_day.school_id, service_day.day;

-- Every incident of the officers' log that has passed, repeats left out; `category` as in ssec_2021:14.
CREATE VIEW incident AS
SELECT
    incident_id,
    school_id,
    occurred_on AS day,
    date_trunc('month', occurred_on)::DATE AS month,
    occurred_time,
    entered_at,
    CASE WHEN ssec_code IS NOT NULL THEN coalesce(category_scheme, 'unknown') ELSE 'local' END AS category_scheme,
    ssec_code,
    CASE
        WHEN ssec_code IS NOT NULL THEN coalesce(category_scheme, 'unknown') || ':' || ssec_code
        ELSE 'local:' || coalesce(local_category, 'unknown')
    END AS category,
    incident_class,
    location,
    in_school_hours,
    offense_level,
    weapon,
    coalesce(initiated_by, 'unknown') AS initiated_by,
    sro_on_site,
    coalesce(sro_responded, FALSE) AS is_call,
    coalesce(handled_by, 'unknown') AS handled_by,
    coalesce(outcome, 'unknown') AS outcome,
    response_minutes
FROM export.incidents
WHERE duplicate_of IS NULL AND occurred_on <= (SELECT data_through FROM data_date);

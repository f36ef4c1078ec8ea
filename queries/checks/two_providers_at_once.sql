-- One agency at a time provides a school's officer.
-- rule: two_providers_at_once
-- severity: warning
-- table: school_provider_history
-- needs: school_provider_history
-- says: {school_id} already has {other} from {other_from} on, until {other_to}.
-- remedy: Let one stretch end on the day before the next begins.
-- effect: The school counts under the first of them on those days.
SELECT
    later._row AS row_number,
    later._file AS file,
    'from_date' AS column_name,
    later.from_date::VARCHAR AS value,
    later.school_id,
    earlier.provider_agency AS other,
    earlier.from_date AS other_from,
    coalesce(earlier.to_date::VARCHAR, 'further notice') AS other_to
FROM export.school_provider_history AS later
INNER JOIN export.school_provider_history AS earlier
    ON
        later.school_id = earlier.school_id
        AND later.from_date > earlier.from_date
        AND later.from_date <= coalesce(earlier.to_date, DATE '9999-12-31')

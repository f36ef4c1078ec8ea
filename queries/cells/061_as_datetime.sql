-- A local moment from 1900 to 2099: 2025-09-30T08:05:00, 2025-09-30 8:05, 9/30/2025 8:05 AM. A day is its midnight.
CREATE TEMP MACRO as_datetime(cell) AS
CASE
    WHEN
        replace(try_cast(cell AS timestamp)::varchar, ' ', 'T') = replace(cell, ' ', 'T')
        AND cell BETWEEN '1900' AND '2100'
        THEN try_cast(cell AS timestamp)
    WHEN
        regexp_full_match(
            clean(cell), '(19|20)\d{2}-\d{1,2}-\d{1,2}([T ]([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?)?'
        )
        THEN try_cast(clean(cell) AS timestamp)
    WHEN regexp_full_match(upper(clean(cell)), '\d{1,2}/\d{1,2}/(19|20)\d{2}( \d{1,2}:[0-5]\d(:[0-5]\d)?( ?[AP]M)?)?')
        THEN try_strptime(
            replace(replace(upper(clean(cell)), ' AM', 'AM'), ' PM', 'PM'),
            [
                '%m/%d/%Y %I:%M%p', '%m/%d/%Y %I:%M:%S%p', '%m/%d/%Y %H:%M', '%m/%d/%Y %H:%M:%S', '%m/%d/%Y'
            ]
        )
END;

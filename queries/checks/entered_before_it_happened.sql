-- An incident is reported and entered on the day it happened, or later.
-- rule: entered_before_it_happened
-- severity: warning
-- table: incidents
-- needs: incidents
-- says: The incident of {occurred_on} was {what} on {day}.
-- remedy: Correct one of the two dates.
-- effect: The incident counts on the day on which it happened; the days until entry leave it out.
WITH
    step AS (
        SELECT
            'entered' AS what,
            'entered_at' AS column_name,
            entered_at::DATE AS day,
            occurred_on,
            _file,
            _row
        FROM export.incidents
        UNION ALL
        SELECT
            'reported' AS what,
            'reported_at' AS column_name,
            reported_at::DATE AS day,
            occurred_on,
            _file,
            _row
        FROM export.incidents
    )

SELECT
    _row AS row_number,
    _file AS file,
    column_name,
    day::VARCHAR AS value,
    what,
    day,
    occurred_on
FROM step
WHERE day < occurred_on

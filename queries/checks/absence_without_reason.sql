-- A shift that was not worked says why.
-- rule: absence_without_reason
-- severity: warning
-- table: shifts
-- needs: shifts
-- says: The shift is {status} without a reason; its school day counts as uncovered, “not stated”.
-- remedy: Fill in absence_reason.
-- effect: Uncovered days count as usual; their reason reads “not stated”.
SELECT
    _row AS row_number,
    _file AS file,
    'absence_reason' AS column_name,
    NULL::VARCHAR AS value,
    status
FROM export.shifts
WHERE
    status IN ('absent', 'cancelled')
    AND absence_reason IS NULL
    -- Where no row has a reason, reasons were not collected.
    AND (SELECT count(planned.absence_reason) FROM export.shifts AS planned) > 0

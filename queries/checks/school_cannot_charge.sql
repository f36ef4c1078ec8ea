-- Only an officer or another agency diverts or charges; a school does not.
-- rule: school_cannot_charge
-- severity: error
-- table: incidents
-- needs: incidents
-- says: The row says that the school handled an incident which ended in diversion or a charge.
-- remedy: Correct handled_by or outcome.
-- The outcome itself is protected and stays out of the message.
SELECT
    _row AS row_number,
    _file AS file,
    'handled_by' AS column_name,
    handled_by AS value
FROM export.incidents
WHERE handled_by = 'school' AND outcome IN ('diversion', 'charged')

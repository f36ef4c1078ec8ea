-- A total that was reported has a number, and one that was not has none.
-- rule: number_and_report_disagree
-- severity: warning
-- table: official_incidents
-- needs: official_incidents
-- says: The total is marked {reported}, but its number is {number}.
-- remedy: Correct n or reported: 0 means reported and none, empty means not reported.
-- effect: That certified total is left out as not received.
SELECT
    _row AS row_number,
    _file AS file,
    'reported' AS column_name,
    reported AS value,
    reported,
    if(n IS NULL, 'missing', 'given; it is not used') AS number
FROM export.official_incidents
WHERE reported IS NOT NULL AND (reported = 'reported') <> (n IS NOT NULL)

-- No more recommendations are closed than were made.
-- rule: closed_more_than_made
-- severity: warning
-- table: safety_consultations
-- needs: safety_consultations
-- says: {closed_n} recommendations are closed, of {recommendations_n} that were made.
-- remedy: Correct one of the two numbers.
-- effect: The share of recommendations closed reads over 100%.
SELECT
    _row AS row_number,
    _file AS file,
    'closed_n' AS column_name,
    closed_n::VARCHAR AS value,
    closed_n,
    recommendations_n
FROM export.safety_consultations
WHERE closed_n > recommendations_n

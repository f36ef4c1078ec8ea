-- A month with nothing to report has no incident.
-- rule: incident_in_an_empty_log
-- severity: warning
-- table: log_submissions
-- needs: log_submissions, incidents
-- says: {school_id} had nothing to report in {month}, but {incidents} incidents are logged.
-- remedy: Set nothing_to_report to false, or correct the incidents' school or date.
-- effect: The incidents count; the month is taken as reported.
SELECT
    log._row AS row_number,
    log._file AS file,
    'nothing_to_report' AS column_name,
    'true' AS value,
    log.school_id,
    strftime(log.month, '%B %Y') AS month,
    count(*) AS incidents
FROM export.log_submissions AS log
INNER JOIN export.incidents AS incidents
    ON log.school_id = incidents.school_id AND log.month = date_trunc('month', incidents.occurred_on)
WHERE log.nothing_to_report
GROUP BY log._row, log._file, log.school_id, log.month

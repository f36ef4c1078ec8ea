-- The shares of an officer's assignments never add up to more than one.
-- rule: officer_shared_beyond_the_whole
-- severity: error
-- table: assignments
-- needs: assignments
-- says: From {start_date} on the shares of {officer_id} add up to {total}.
-- remedy: Correct the shares, or end the earlier assignment before the next begins.
-- Shares only rise on the first day of an assignment.
SELECT
    started._row AS row_number,
    started._file AS file,
    'share' AS column_name,
    started.share::VARCHAR AS value,
    started.officer_id,
    started.start_date,
    sum(running.share) AS total
FROM export.assignments AS started
INNER JOIN export.assignments AS running
    ON
        started.officer_id = running.officer_id
        AND started.start_date BETWEEN running.start_date AND coalesce(running.end_date, DATE '9999-12-31')
WHERE started.share IS NOT NULL
GROUP BY started._row, started._file, started.share, started.officer_id, started.start_date
-- Thirds written as 0.33 or 0.34 are one.
HAVING sum(running.share) > 1.011

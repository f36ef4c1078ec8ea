-- Which awards there are, each with its own words and its reporting periods.
SELECT
    grants.grant_id,
    grants.funder,
    grants.program,
    grants.assistance_listing,
    grants.award_amount,
    grants.start AS award_start,
    grants.end AS award_end,
    grant_periods.period_no,
    grant_periods.start AS period_start,
    grant_periods.end AS period_end,
    grant_periods.due AS due
FROM export.grants AS grants
LEFT JOIN export.grant_periods AS grant_periods ON grants.grant_id = grant_periods.grant_id
ORDER BY grants.grant_id, grant_periods.period_no

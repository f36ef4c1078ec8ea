-- By how many days after an incident nearly all are entered; incidents of the last half-year may lack late entries.
SELECT quantile_cont(metric_member.numerator, $share) AS days
FROM metric_member
CROSS JOIN data_date
WHERE
    metric_member.metric = 'entry_lag'
    AND metric_member.month <= data_date.data_through - INTERVAL 7 MONTH;

-- One metric's persons by school year, each counted once: one number a year for the program, at its first month.
WITH
    unreported AS (
        SELECT
            school_id,
            month
        FROM reporting_month
        WHERE stream = $stream AND expected AND NOT received
    ),

    person AS (
        SELECT
            year(metric_member.month) - if(month(metric_member.month) < 7, 1, 0) AS opening,
            metric_member.member,
            max(metric_member.numerator) AS largest
        FROM metric_member
        ANTI JOIN unreported
            ON metric_member.school_id = unreported.school_id AND metric_member.month = unreported.month
        WHERE
            metric_member.metric = $metric
            AND if(
                $level = 'program',
                metric_member.school_id = '*',
                metric_member.school_id IN (SELECT school_id FROM school)
            )
        GROUP BY ALL
    )

SELECT
    $metric AS metric,
    '*' AS school_id,
    make_date(opening, 7, 1) AS month,
    NULL::VARCHAR AS slice,
    if($aggregate = 'distinct', count(*), coalesce(sum(largest), 0)) AS count,
    NULL::DOUBLE AS whole
FROM person
GROUP BY opening
ORDER BY opening;

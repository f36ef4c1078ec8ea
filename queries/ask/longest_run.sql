-- The longest run of consecutive rows with numerator 1, by unit and period part; a row is an instructional day.
WITH
    chosen AS (
        SELECT
            unnest($school_ids) AS school_id,
            unnest($units) AS unit
    ),

    part AS (
        SELECT
            unnest($starts) AS start_day,
            unnest($ends) AS end_day
    ),

    unreported AS (
        SELECT
            school_id,
            month
        FROM reporting_month
        WHERE stream = $stream AND expected AND NOT received
    ),

    day_row AS (
        SELECT
            chosen.unit,
            part.start_day,
            metric_day.school_id,
            metric_day.numerator,
            row_number() OVER (
                PARTITION BY metric_day.school_id, part.start_day ORDER BY metric_day.day
            ) AS place,
            row_number() OVER (
                PARTITION BY metric_day.school_id, part.start_day, metric_day.numerator ORDER BY metric_day.day
            ) AS place_of_its_kind
        FROM metric_day
        INNER JOIN chosen ON metric_day.school_id = chosen.school_id
        INNER JOIN part ON metric_day.day BETWEEN part.start_day AND part.end_day
        ANTI JOIN unreported
            ON
                metric_day.school_id = unreported.school_id
                AND date_trunc('month', metric_day.day)::DATE = unreported.month
        WHERE metric_day.metric = $metric
    ),

    run AS (
        SELECT
            unit,
            start_day,
            school_id,
            sum(numerator) AS days
        FROM day_row
        GROUP BY unit, start_day, school_id, numerator, place - place_of_its_kind
    ),

    unit_days AS (
        SELECT
            unit,
            start_day,
            count(*) AS days_seen
        FROM day_row
        GROUP BY unit, start_day
    )

SELECT
    run.unit,
    run.start_day,
    NULL AS slice,
    max(run.days) AS numerator,
    any_value(unit_days.days_seen) AS denominator
FROM run
INNER JOIN unit_days ON run.unit = unit_days.unit AND run.start_day = unit_days.start_day
GROUP BY run.unit, run.start_day
ORDER BY run.unit, run.start_day;

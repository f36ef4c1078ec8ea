-- Every instructional day that has passed: minutes of instruction, minutes with an officer there, and why not.
-- Where the bell schedule is unknown, instructional_minutes is NULL and on_site_minutes is the whole stay.
CREATE TABLE coverage_day AS
WITH
    on_site AS (
        SELECT
            calendar_day.school_id,
            calendar_day.day,
            sum(
                CASE
                    WHEN calendar_day.bell_minutes IS NULL
                        THEN minutes_between(presence.on_site_from, presence.on_site_to)
                    ELSE minutes_between(
                        greatest(presence.on_site_from, calendar_day.bell_start),
                        least(presence.on_site_to, calendar_day.bell_end)
                    )
                END
            ) AS minutes
        FROM calendar_day
        INNER JOIN presence ON calendar_day.school_id = presence.school_id AND calendar_day.day = presence.day
        WHERE calendar_day.is_instructional
        GROUP BY calendar_day.school_id, calendar_day.day
    ),

    absence AS (
        SELECT
            school_id,
            day,
            min_by(
                coalesce(
                    absence_reason,
                    CASE
                        WHEN duty_type = 'training' THEN 'training'
                        WHEN NOT is_school_duty THEN 'reassigned'
                        ELSE 'not_stated'
                    END
                ),
                (absence_reason IS NULL, is_backfill, shift_id)
            ) AS reason
        FROM shift
        GROUP BY school_id, day
    )

SELECT
    calendar_day.school_id,
    calendar_day.day,
    calendar_day.month,
    calendar_day.school_year,
    calendar_day.bell_minutes AS instructional_minutes,
    coalesce(on_site.minutes, 0) AS on_site_minutes,
    service_day.day IS NOT NULL AS has_assignment,
    CASE
        WHEN service_day.day IS NOT NULL AND coalesce(on_site.minutes, 0) = 0
            THEN coalesce(absence.reason, 'no_shift')
    END AS uncovered_reason
FROM calendar_day
LEFT JOIN service_day ON calendar_day.school_id = service_day.school_id AND calendar_day.day = service_day.day
LEFT JOIN on_site ON calendar_day.school_id = on_site.school_id AND calendar_day.day = on_site.day
LEFT JOIN absence ON calendar_day.school_id = absence.school_id AND calendar_day.day = absence.day
WHERE calendar_day.is_instructional
ORDER BY calendar_day.school_id, calendar_day.day;

-- A time of day: 08:00, 8:00, 08:00:30, 8:00 AM.
CREATE TEMP MACRO as_time(cell) AS
CASE
    WHEN try_cast(cell AS time)::varchar IN (cell, cell || ':00') AND cell < '24' THEN try_cast(cell AS time)
    WHEN regexp_full_match(clean(cell), '([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?')
        THEN try_cast(clean(cell) AS time)
    WHEN regexp_full_match(upper(clean(cell)), '(0?[1-9]|1[0-2]):[0-5]\d(:[0-5]\d)? ?[AP]\.?M\.?')
        THEN try_strptime(regexp_replace(upper(clean(cell)), '[ .]', '', 'g'), ['%I:%M%p', '%I:%M:%S%p'])::time
END;

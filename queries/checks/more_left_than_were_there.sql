-- No more youth leave a program than were in it, and no more complete it than leave.
-- rule: more_left_than_were_there
-- severity: warning
-- table: youth_program_periods
-- needs: youth_program_periods
-- says: {what}.
-- remedy: Correct carried_over, new_admissions, exited or completed.
-- effect: Youth served and shares completed may be wrong for that period.
-- The numbers are protected and stay out of the message.
SELECT
    _row AS row_number,
    _file AS file,
    if(exited > carried_over + new_admissions, 'exited', 'completed') AS column_name,
    NULL::VARCHAR AS value,
    if(
        exited > carried_over + new_admissions,
        'More youth left the program than were carried over and admitted',
        'More youth completed the program than left it'
    ) AS what
FROM export.youth_program_periods
WHERE exited > carried_over + new_admissions OR completed > exited

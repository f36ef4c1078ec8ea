-- Minutes from one time of day to a later one; NULL when either is unknown or the second is not later.
CREATE MACRO minutes_between(earlier, later) AS
CASE WHEN later > earlier THEN (epoch(later) - epoch(earlier)) / 60 END;

-- Whether the export holds a table at all: an absent one is not the same as one without rows.
CREATE MACRO is_in_export(wanted) AS (
    SELECT coalesce(bool_or(present), FALSE)
    FROM meta.table_presence
    WHERE table_name = wanted
);

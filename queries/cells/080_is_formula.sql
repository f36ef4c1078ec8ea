-- Whether a spreadsheet would run a text as a formula.
CREATE TEMP MACRO is_formula(cell) AS regexp_matches(clean(cell), '^[=+\-@]');

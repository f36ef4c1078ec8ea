-- Whether a spreadsheet would run a text as a formula.
CREATE TEMP MACRO is_formula(cell) AS left(clean(cell), 1) IN ('=', '+', '-', '@');

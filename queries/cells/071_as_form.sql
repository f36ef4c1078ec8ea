-- A text of a given form, such as an id.
CREATE TEMP MACRO as_form(cell, form) AS
CASE
    WHEN regexp_matches(cell, form) THEN cell
    WHEN regexp_matches(clean(cell), form) THEN clean(cell)
END;

-- A cell without the blanks around it; NULL when nothing is left.
CREATE TEMP MACRO clean(cell) AS nullif(trim(cell, chr(9) || chr(10) || chr(13) || ' ' || chr(160)), '');

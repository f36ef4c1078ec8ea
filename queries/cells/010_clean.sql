-- A cell without the blanks around it; NULL when nothing is left. Most cells begin and end with a visible character.
CREATE TEMP MACRO clean(cell) AS
if(
    cell BETWEEN '!' AND '~' AND right(cell, 1) BETWEEN '!' AND '~',
    cell,
    nullif(trim(cell, chr(9) || chr(10) || chr(13) || ' ' || chr(160)), '')
);

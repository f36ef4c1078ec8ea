-- A cell as a report can show it: its first characters, and how many there were.
CREATE TEMP MACRO shortened(cell, most) AS
if(length(cell) <= most, cell, format('{}… ({:,} characters)', left(cell, most), length(cell)));

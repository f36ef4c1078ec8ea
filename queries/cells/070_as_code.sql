-- A code of a list, however it is capitalized; `lowered` is the same list in small letters.
CREATE TEMP MACRO as_code(cell, codes, lowered) AS
CASE
    WHEN list_contains(codes, cell) THEN cell
    ELSE codes[list_position(lowered, lower(clean(cell)))]
END;

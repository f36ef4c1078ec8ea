-- The school year of a day, 1 July to 30 June, as the contract writes it: 2025-26.
CREATE MACRO school_year_of(some_day) AS (
    (year(some_day) - if(month(some_day) < 7, 1, 0))
    || '-'
    || right('0' || ((year(some_day) + if(month(some_day) < 7, 0, 1)) % 100), 2)
);

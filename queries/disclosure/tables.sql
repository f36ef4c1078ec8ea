-- What each audience may see of every person-related count, and how each block of the cube was decided.
CREATE TABLE disclosure_cell (
    metric VARCHAR,
    audience VARCHAR,
    unit_kind VARCHAR,
    unit VARCHAR,
    period_kind VARCHAR,
    period_start DATE,
    slice VARCHAR,
    shown BOOLEAN
);
CREATE TABLE disclosure_block (
    audience VARCHAR,
    block VARCHAR,
    method VARCHAR,
    weight DOUBLE,
    bound DOUBLE,
    cells INTEGER,
    hidden INTEGER,
    primary_cells INTEGER
);

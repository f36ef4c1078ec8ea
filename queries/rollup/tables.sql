-- The rollups that screens read: each metric's sums by school and month (by day where asked), its members or its runs;
-- and the sums of all schools together.
CREATE TABLE metric_month (
    metric VARCHAR, school_id VARCHAR, month DATE, slice VARCHAR, numerator DOUBLE, denominator DOUBLE
);
CREATE TABLE metric_day (
    metric VARCHAR, school_id VARCHAR, day DATE, slice VARCHAR, numerator DOUBLE, denominator DOUBLE
);
CREATE TABLE metric_member (
    metric VARCHAR, school_id VARCHAR, month DATE, slice VARCHAR, member VARCHAR, numerator DOUBLE
);
CREATE TABLE metric_run (
    metric VARCHAR, school_id VARCHAR, month DATE, days BIGINT, opening BIGINT, closing BIGINT, longest BIGINT
);
CREATE TABLE program_month (metric VARCHAR, month DATE, slice VARCHAR, numerator DOUBLE, denominator DOUBLE);
CREATE TABLE program_day (metric VARCHAR, day DATE, slice VARCHAR, numerator DOUBLE, denominator DOUBLE);

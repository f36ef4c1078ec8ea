-- The rollups that screens read: each metric's sums by school and month (by day where asked), or its members.
CREATE TABLE metric_month (
    metric VARCHAR, school_id VARCHAR, month DATE, slice VARCHAR, numerator DOUBLE, denominator DOUBLE
);
CREATE TABLE metric_day (
    metric VARCHAR, school_id VARCHAR, day DATE, slice VARCHAR, numerator DOUBLE, denominator DOUBLE
);
CREATE TABLE metric_member (
    metric VARCHAR, school_id VARCHAR, month DATE, slice VARCHAR, member VARCHAR, numerator DOUBLE
);

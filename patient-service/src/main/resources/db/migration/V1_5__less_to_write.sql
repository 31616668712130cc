-- Every result that comes in writes to each index: measurement_by_code has the same columns and one more.
drop index measurement_by_analyte;

DROP TABLE row_records;

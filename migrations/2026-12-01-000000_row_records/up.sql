-- What each row of record was when an act last wrote it: a chain of hashes beside the rows (src/store/row_records.rs).
CREATE TABLE row_records (
    seq BIGINT NOT NULL PRIMARY KEY CHECK (seq > 0),
    about TEXT NOT NULL,
    row_id TEXT NOT NULL,
    record TEXT NOT NULL,
    hash TEXT NOT NULL
);

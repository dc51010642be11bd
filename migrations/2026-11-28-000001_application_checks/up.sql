-- What the qualification post looked up of an applicant, once for each of its decisions.
CREATE TABLE application_checks (
    id TEXT NOT NULL PRIMARY KEY,
    application_id TEXT NOT NULL REFERENCES applications (id),
    looked_up TEXT NOT NULL,
    checked_by TEXT NOT NULL,
    checked_at TIMESTAMP NOT NULL
);
CREATE INDEX application_checks_by_application ON application_checks (application_id);

-- A salted digest of the address that a bid came from, for the bid record (form F06).
ALTER TABLE bids ADD COLUMN source TEXT NOT NULL DEFAULT '';

-- Operations: who changed what in the shop's administration, and what is used of the limits that servers share.

CREATE TABLE audit_entries (
    id BLOB NOT NULL PRIMARY KEY CONSTRAINT audit_entries_id_uuid CHECK (length(id) = 16),
    created_at INTEGER NOT NULL,
    actor_id BLOB NOT NULL REFERENCES accounts (id),
    -- The operation, and the id of what it was done to as clients see it: subjects are of many kinds.
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    request_id TEXT NOT NULL,
    details TEXT NOT NULL CONSTRAINT audit_entries_details_json CHECK (json_valid(details))
) STRICT, WITHOUT ROWID;

CREATE INDEX audit_entries_actor ON audit_entries (actor_id, id);
CREATE INDEX audit_entries_action ON audit_entries (action, id);
CREATE INDEX audit_entries_subject ON audit_entries (subject, id);

CREATE TABLE permit_windows (
    policy TEXT NOT NULL,
    subject TEXT NOT NULL,
    began_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    used INTEGER NOT NULL CONSTRAINT permit_windows_used_not_negative CHECK (used >= 0),
    PRIMARY KEY (policy, subject, began_at)
) STRICT, WITHOUT ROWID;

CREATE INDEX permit_windows_end ON permit_windows (ends_at);

-- An order writes to each of the tables below, so each is rebuilt with what its readers need. JSON is not checked again:
-- SQLite would parse what the server has just written.

-- Answers of a kilobyte lie one after the other, and what finds them is small. Their order is that of their age, so the
-- old ones are the first.
CREATE TABLE answers (
    id INTEGER PRIMARY KEY,
    user_id BLOB NOT NULL REFERENCES accounts (id),
    operation TEXT NOT NULL,
    key TEXT NOT NULL,
    fingerprint BLOB NOT NULL CONSTRAINT idempotency_records_sha256 CHECK (length(fingerprint) = 32),
    -- What was done, or the rule that refused it, as JSON.
    answer TEXT,
    refusal TEXT,
    created_at INTEGER NOT NULL,
    CONSTRAINT idempotency_records_one_answer CHECK ((answer IS NULL) <> (refusal IS NULL))
) STRICT;

INSERT INTO answers (user_id, operation, key, fingerprint, answer, refusal, created_at)
SELECT user_id, operation, key, fingerprint, answer -> '$.done', answer -> '$.refused', created_at
FROM idempotency_records ORDER BY created_at;

DROP TABLE idempotency_records;
ALTER TABLE answers RENAME TO idempotency_records;
CREATE UNIQUE INDEX idempotency_records_key ON idempotency_records (user_id, operation, key);

-- The newest event is never removed, so a number is never given twice.
CREATE TABLE happenings (
    sequence INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    subject_id BLOB NOT NULL,
    payload TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

INSERT INTO happenings SELECT sequence, kind, subject_id, payload, created_at FROM events ORDER BY sequence;
DROP TABLE events;
ALTER TABLE happenings RENAME TO events;

-- Lines are read by their order. Products are never deleted, so nobody looks for the lines of one.
DROP INDEX order_lines_product;

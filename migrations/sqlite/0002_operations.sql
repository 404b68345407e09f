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

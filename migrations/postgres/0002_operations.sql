-- Operations: who changed what in the shop's administration, and what is used of the limits that servers share.

CREATE TABLE audit_entries (
    id uuid CONSTRAINT audit_entries_pkey PRIMARY KEY,
    created_at timestamptz NOT NULL,
    actor_id uuid NOT NULL CONSTRAINT audit_entries_actor_exists REFERENCES accounts (id),
    -- The operation, and the id of what it was done to as clients see it: subjects are of many kinds.
    action text NOT NULL COLLATE "C",
    subject text NOT NULL COLLATE "C",
    request_id text NOT NULL,
    details jsonb NOT NULL
);

CREATE INDEX audit_entries_actor ON audit_entries (actor_id, id);
CREATE INDEX audit_entries_action ON audit_entries (action, id);
CREATE INDEX audit_entries_subject ON audit_entries (subject, id);

-- Counts that are of no use after a minute: not in the write-ahead log, and empty after a crash.
CREATE UNLOGGED TABLE permit_windows (
    policy text NOT NULL COLLATE "C",
    subject text NOT NULL COLLATE "C",
    began_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    used bigint NOT NULL CONSTRAINT permit_windows_used_not_negative CHECK (used >= 0),
    -- How many the last request got, which only the statement knows that counted them.
    granted bigint NOT NULL CONSTRAINT permit_windows_granted_used CHECK (granted BETWEEN 0 AND used),
    CONSTRAINT permit_windows_pkey PRIMARY KEY (policy, subject, began_at)
);

CREATE INDEX permit_windows_end ON permit_windows (ends_at);

-- Events are read by their number, and lines by their order. Products are never deleted, so nobody looks for the lines
-- of one. Each of these indexes would be written to by each order.
DROP INDEX events_subject;
DROP INDEX order_lines_product;

-- The shop: accounts and what lets them in, the catalogue, orders, notes, and the log of what happened.
--
-- Ids are UUIDv7 in 16 bytes, so a primary key is also the order of creation. Times are microseconds since 1970 in UTC.
-- Money is an integer of minor units within 2^53 - 1. Every rule has a name, because names become answers.

CREATE TABLE accounts (
    id BLOB NOT NULL PRIMARY KEY CONSTRAINT accounts_id_uuid CHECK (length(id) = 16),
    -- A deleted account keeps its row for its orders' sake, and nothing personal in it.
    email TEXT,
    name TEXT,
    phone TEXT,
    password_hash TEXT,
    role TEXT NOT NULL CONSTRAINT accounts_role_known CHECK (role IN ('customer', 'administrator')),
    -- Name and address in lower case by Unicode's rules, which SQLite's lower() does not know.
    search TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    CONSTRAINT accounts_living_or_blank CHECK (
        CASE WHEN deleted_at IS NULL
            THEN email IS NOT NULL AND name IS NOT NULL AND password_hash IS NOT NULL AND search IS NOT NULL
            ELSE email IS NULL AND name IS NULL AND phone IS NULL AND password_hash IS NULL AND search IS NULL
        END
    )
) STRICT, WITHOUT ROWID;

-- The deleted have no address, and NULLs are never equal: unique among the living.
CREATE UNIQUE INDEX accounts_email ON accounts (email);
CREATE INDEX accounts_role ON accounts (role, id) WHERE deleted_at IS NULL;

CREATE TABLE refresh_tokens (
    hash BLOB NOT NULL PRIMARY KEY CONSTRAINT refresh_tokens_hash_sha256 CHECK (length(hash) = 32),
    session_id BLOB NOT NULL,
    user_id BLOB NOT NULL REFERENCES accounts (id),
    issued_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    -- Exchanged for the next one; presented again, it is stolen.
    spent_at INTEGER,
    revoked_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX refresh_tokens_session ON refresh_tokens (session_id);
CREATE INDEX refresh_tokens_user ON refresh_tokens (user_id);
CREATE INDEX refresh_tokens_expiry ON refresh_tokens (expires_at);

CREATE TABLE api_keys (
    id BLOB NOT NULL PRIMARY KEY CONSTRAINT api_keys_id_uuid CHECK (length(id) = 16),
    user_id BLOB NOT NULL REFERENCES accounts (id),
    name TEXT NOT NULL,
    hash BLOB NOT NULL CONSTRAINT api_keys_hash_sha256 CHECK (length(hash) = 32),
    scopes TEXT NOT NULL CONSTRAINT api_keys_scopes_json CHECK (json_valid(scopes)),
    expires_at INTEGER,
    created_at INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX api_keys_hash ON api_keys (hash);
CREATE INDEX api_keys_user ON api_keys (user_id, id);

CREATE TABLE signing_keys (
    kid TEXT NOT NULL PRIMARY KEY,
    seed BLOB NOT NULL CONSTRAINT signing_keys_seed_ed25519 CHECK (length(seed) = 32),
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE products (
    id BLOB NOT NULL PRIMARY KEY CONSTRAINT products_id_uuid CHECK (length(id) = 16),
    sku TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT,
    price_amount INTEGER NOT NULL CONSTRAINT products_price_range CHECK (price_amount BETWEEN 0 AND 9007199254740991),
    currency TEXT NOT NULL CONSTRAINT products_currency_code CHECK (currency GLOB '[A-Z][A-Z][A-Z]'),
    stock INTEGER NOT NULL CONSTRAINT products_stock_not_negative CHECK (stock >= 0),
    active INTEGER NOT NULL CONSTRAINT products_active_bool CHECK (active IN (0, 1)),
    version INTEGER NOT NULL CONSTRAINT products_version_positive CHECK (version > 0),
    -- The name, and all that a search looks at, in lower case.
    name_key TEXT NOT NULL,
    search TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX products_sku ON products (sku);
CREATE INDEX products_name ON products (name_key, id);
CREATE INDEX products_price ON products (price_amount, id);

CREATE TABLE stock_adjustments (
    id INTEGER PRIMARY KEY,
    product_id BLOB NOT NULL REFERENCES products (id),
    delta INTEGER NOT NULL,
    reason TEXT NOT NULL,
    stock INTEGER NOT NULL CONSTRAINT stock_adjustments_stock_not_negative CHECK (stock >= 0),
    created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX stock_adjustments_product ON stock_adjustments (product_id, id);

CREATE TABLE orders (
    id BLOB NOT NULL PRIMARY KEY CONSTRAINT orders_id_uuid CHECK (length(id) = 16),
    user_id BLOB NOT NULL REFERENCES accounts (id),
    status TEXT NOT NULL CONSTRAINT orders_status_known CHECK (status IN ('placed', 'cancelled')),
    total_amount INTEGER NOT NULL CONSTRAINT orders_total_range CHECK (total_amount BETWEEN 0 AND 9007199254740991),
    currency TEXT NOT NULL CONSTRAINT orders_currency_code CHECK (currency GLOB '[A-Z][A-Z][A-Z]'),
    reference TEXT,
    version INTEGER NOT NULL CONSTRAINT orders_version_positive CHECK (version > 0),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX orders_user ON orders (user_id, id);
CREATE INDEX orders_status ON orders (status, id);

CREATE TABLE order_lines (
    order_id BLOB NOT NULL REFERENCES orders (id),
    product_id BLOB NOT NULL REFERENCES products (id),
    sku TEXT NOT NULL,
    name TEXT NOT NULL,
    unit_amount INTEGER NOT NULL CONSTRAINT order_lines_price_range CHECK (unit_amount BETWEEN 0 AND 9007199254740991),
    quantity INTEGER NOT NULL CONSTRAINT order_lines_quantity_positive CHECK (quantity > 0),
    PRIMARY KEY (order_id, product_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX order_lines_product ON order_lines (product_id);

CREATE TABLE notes (
    id BLOB NOT NULL PRIMARY KEY CONSTRAINT notes_id_uuid CHECK (length(id) = 16),
    user_id BLOB NOT NULL REFERENCES accounts (id),
    title TEXT,
    body TEXT,
    order_id BLOB REFERENCES orders (id),
    version INTEGER NOT NULL CONSTRAINT notes_version_positive CHECK (version > 0),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    -- A deleted note is known to have been, and its words are gone.
    deleted_at INTEGER,
    CONSTRAINT notes_living_or_blank CHECK (
        CASE WHEN deleted_at IS NULL
            THEN title IS NOT NULL AND body IS NOT NULL
            ELSE title IS NULL AND body IS NULL
        END
    )
) STRICT, WITHOUT ROWID;

CREATE INDEX notes_user ON notes (user_id, id);
CREATE INDEX notes_order ON notes (order_id);

CREATE TABLE idempotency_records (
    user_id BLOB NOT NULL REFERENCES accounts (id),
    operation TEXT NOT NULL,
    key TEXT NOT NULL,
    fingerprint BLOB NOT NULL CONSTRAINT idempotency_records_sha256 CHECK (length(fingerprint) = 32),
    answer TEXT NOT NULL CONSTRAINT idempotency_records_answer_json CHECK (json_valid(answer)),
    created_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, operation, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX idempotency_records_age ON idempotency_records (created_at);

CREATE TABLE events (
    -- AUTOINCREMENT: a number is never given twice, also after the newest events were removed.
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    subject_id BLOB NOT NULL,
    payload TEXT NOT NULL CONSTRAINT events_payload_json CHECK (json_valid(payload)),
    created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX events_subject ON events (subject_id, sequence);

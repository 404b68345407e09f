-- The shop: accounts and what lets them in, the catalogue, orders, notes, and the log of what happened.
--
-- Ids are UUIDv7, so a primary key is also the order of creation. Money is an integer of minor units within 2^53 - 1.
-- Every rule has a name, because names become answers; SQLite's tables have the same.

CREATE TABLE accounts (
    id uuid CONSTRAINT accounts_pkey PRIMARY KEY,
    -- A deleted account keeps its row for its orders' sake, and nothing personal in it.
    email text COLLATE "C",
    name text,
    phone text,
    password_hash text,
    role text NOT NULL CONSTRAINT accounts_role_known CHECK (role IN ('customer', 'administrator')),
    -- Name and address in lower case by Unicode's rules, whatever the database's locale is.
    search text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz,
    CONSTRAINT accounts_living_or_blank CHECK (
        CASE WHEN deleted_at IS NULL
            THEN num_nulls(email, name, password_hash, search) = 0
            ELSE num_nonnulls(email, name, phone, password_hash, search) = 0
        END
    )
);

-- The deleted have no address, and NULLs are never equal: unique among the living.
CREATE UNIQUE INDEX accounts_email ON accounts (email);
CREATE INDEX accounts_role ON accounts (role, id) WHERE deleted_at IS NULL;

CREATE TABLE refresh_tokens (
    hash bytea CONSTRAINT refresh_tokens_pkey PRIMARY KEY
        CONSTRAINT refresh_tokens_hash_sha256 CHECK (octet_length(hash) = 32),
    session_id uuid NOT NULL,
    user_id uuid NOT NULL CONSTRAINT refresh_tokens_user_exists REFERENCES accounts (id),
    issued_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    -- Exchanged for the next one; presented again, it is stolen.
    spent_at timestamptz,
    revoked_at timestamptz
);

CREATE INDEX refresh_tokens_session ON refresh_tokens (session_id);
CREATE INDEX refresh_tokens_user ON refresh_tokens (user_id);
CREATE INDEX refresh_tokens_expiry ON refresh_tokens (expires_at);

CREATE TABLE api_keys (
    id uuid CONSTRAINT api_keys_pkey PRIMARY KEY,
    user_id uuid NOT NULL CONSTRAINT api_keys_user_exists REFERENCES accounts (id),
    name text NOT NULL,
    hash bytea NOT NULL CONSTRAINT api_keys_hash_sha256 CHECK (octet_length(hash) = 32),
    scopes text[] NOT NULL,
    expires_at timestamptz,
    created_at timestamptz NOT NULL,
    revoked_at timestamptz
);

CREATE UNIQUE INDEX api_keys_hash ON api_keys (hash);
CREATE INDEX api_keys_user ON api_keys (user_id, id);

CREATE TABLE signing_keys (
    kid text CONSTRAINT signing_keys_pkey PRIMARY KEY,
    seed bytea NOT NULL CONSTRAINT signing_keys_seed_ed25519 CHECK (octet_length(seed) = 32),
    created_at timestamptz NOT NULL
);

CREATE TABLE products (
    id uuid CONSTRAINT products_pkey PRIMARY KEY,
    sku text NOT NULL COLLATE "C",
    name text NOT NULL,
    description text,
    price_amount bigint NOT NULL CONSTRAINT products_price_range CHECK (price_amount BETWEEN 0 AND 9007199254740991),
    currency text NOT NULL CONSTRAINT products_currency_code CHECK (currency ~ '^[A-Z]{3}$'),
    stock bigint NOT NULL CONSTRAINT products_stock_not_negative CHECK (stock >= 0),
    active boolean NOT NULL,
    version bigint NOT NULL CONSTRAINT products_version_positive CHECK (version > 0),
    -- The name, and all that a search looks at, in lower case; byte order, as SQLite sorts and as cursors compare.
    name_key text NOT NULL COLLATE "C",
    search text NOT NULL COLLATE "C",
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
)
-- Each order changes the stock of its products and no indexed column: room in the page keeps the new row beside the old.
WITH (fillfactor = 80);

CREATE UNIQUE INDEX products_sku ON products (sku);
CREATE INDEX products_name ON products (name_key, id);
CREATE INDEX products_price ON products (price_amount, id);

CREATE TABLE stock_adjustments (
    id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT stock_adjustments_pkey PRIMARY KEY,
    product_id uuid NOT NULL CONSTRAINT stock_adjustments_product_exists REFERENCES products (id),
    delta bigint NOT NULL,
    reason text NOT NULL,
    stock bigint NOT NULL CONSTRAINT stock_adjustments_stock_not_negative CHECK (stock >= 0),
    created_at timestamptz NOT NULL
);

CREATE INDEX stock_adjustments_product ON stock_adjustments (product_id, id);

CREATE TABLE orders (
    id uuid CONSTRAINT orders_pkey PRIMARY KEY,
    user_id uuid NOT NULL CONSTRAINT orders_user_exists REFERENCES accounts (id),
    status text NOT NULL CONSTRAINT orders_status_known CHECK (status IN ('placed', 'cancelled')),
    total_amount bigint NOT NULL CONSTRAINT orders_total_range CHECK (total_amount BETWEEN 0 AND 9007199254740991),
    currency text NOT NULL CONSTRAINT orders_currency_code CHECK (currency ~ '^[A-Z]{3}$'),
    reference text,
    version bigint NOT NULL CONSTRAINT orders_version_positive CHECK (version > 0),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);

CREATE INDEX orders_user ON orders (user_id, id);
CREATE INDEX orders_status ON orders (status, id);

CREATE TABLE order_lines (
    order_id uuid NOT NULL CONSTRAINT order_lines_order_exists REFERENCES orders (id),
    product_id uuid NOT NULL CONSTRAINT order_lines_product_exists REFERENCES products (id),
    sku text NOT NULL,
    name text NOT NULL,
    unit_amount bigint NOT NULL CONSTRAINT order_lines_price_range CHECK (unit_amount BETWEEN 0 AND 9007199254740991),
    quantity bigint NOT NULL CONSTRAINT order_lines_quantity_positive CHECK (quantity > 0),
    CONSTRAINT order_lines_pkey PRIMARY KEY (order_id, product_id)
);

CREATE INDEX order_lines_product ON order_lines (product_id);

CREATE TABLE notes (
    id uuid CONSTRAINT notes_pkey PRIMARY KEY,
    user_id uuid NOT NULL CONSTRAINT notes_user_exists REFERENCES accounts (id),
    title text,
    body text,
    order_id uuid CONSTRAINT notes_order_exists REFERENCES orders (id),
    version bigint NOT NULL CONSTRAINT notes_version_positive CHECK (version > 0),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    -- A deleted note is known to have been, and its words are gone.
    deleted_at timestamptz,
    CONSTRAINT notes_living_or_blank CHECK (
        CASE WHEN deleted_at IS NULL THEN num_nulls(title, body) = 0 ELSE num_nonnulls(title, body) = 0 END
    )
);

CREATE INDEX notes_user ON notes (user_id, id);
CREATE INDEX notes_order ON notes (order_id);

CREATE TABLE idempotency_records (
    user_id uuid NOT NULL CONSTRAINT idempotency_records_user_exists REFERENCES accounts (id),
    operation text NOT NULL,
    key text NOT NULL COLLATE "C",
    fingerprint bytea NOT NULL CONSTRAINT idempotency_records_sha256 CHECK (octet_length(fingerprint) = 32),
    answer jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT idempotency_records_pkey PRIMARY KEY (user_id, operation, key)
);

CREATE INDEX idempotency_records_age ON idempotency_records (created_at);

CREATE TABLE events (
    -- Numbers are given when a row is written, not when it is committed: a reader may see 8 before 7.
    sequence bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT events_pkey PRIMARY KEY,
    kind text NOT NULL,
    subject_id uuid NOT NULL,
    payload jsonb NOT NULL,
    created_at timestamptz NOT NULL
);

CREATE INDEX events_subject ON events (subject_id, sequence);

-- Places an order: one row for each of its lines, or none if its key has an answer or a rule refuses it.
--
-- $1 the order, $2 who orders, $3 the reference, $4 now, $5 products by id, $6 quantities, $7 the products' ids as
-- clients see them, $8 and $9 the amount and currency of the expected total, $10 and $11 the ids of order and account as
-- clients see them, $12 now in microseconds, $13 to $16 account, operation, key and fingerprint of the idempotency key,
-- $17 when an answer had to be given to count still, $18 now as the key's record has it
WITH item AS MATERIALIZED (
    SELECT * FROM unnest($5::uuid[], $6::bigint[], $7::text[]) AS item (product_id, quantity, product)
    WHERE NOT EXISTS (
        SELECT FROM idempotency_records WHERE user_id = $13 AND operation = $14 AND key = $15 AND created_at > $17
    )
), line AS MATERIALIZED (
    -- Locked in the order of their ids, so that no two orders wait for each other, and read as they are then.
    SELECT item.product, item.quantity, p.id, p.sku, p.name, p.price_amount, p.currency, p.stock, p.active, p.version
    FROM item JOIN products AS p ON p.id = item.product_id
    ORDER BY p.id FOR NO KEY UPDATE OF p
), basket AS (
    -- The rules are the domain's (NewOrder::priced): this only says whether all of them hold.
    SELECT sum(price_amount::numeric * quantity) AS total, min(currency) AS currency, jsonb_agg(
        jsonb_build_object(
            'product_id', product, 'sku', sku, 'name', name, 'quantity', quantity,
            'unit_price', jsonb_build_object('amount', price_amount, 'currency', currency),
            'total', jsonb_build_object('amount', price_amount * quantity, 'currency', currency)
        ) ORDER BY id
    ) AS lines
    FROM (SELECT * FROM line WHERE price_amount::numeric * quantity <= 9007199254740991) AS line
    HAVING count(*) = cardinality($5) AND bool_and(active AND stock >= quantity) AND min(currency) = max(currency)
        AND sum(price_amount::numeric * quantity) <= 9007199254740991
        AND ($8::bigint IS NULL OR (sum(price_amount::numeric * quantity) = $8 AND min(currency) = $9))
), buyer AS MATERIALIZED (
    SELECT id FROM accounts WHERE id = $2 AND deleted_at IS NULL FOR KEY SHARE
), placed AS (
    INSERT INTO orders (id, user_id, status, total_amount, currency, reference, version, created_at, updated_at)
    SELECT $1, buyer.id, 'placed', total, currency, $3, 1, $4, $4 FROM basket, buyer
    RETURNING id
), taken AS (
    -- From what was locked, not from p: an UPDATE is checked first with the row as the statement's snapshot has it, and
    -- stock that was given back after that would be missing.
    UPDATE products AS p SET stock = line.stock - line.quantity, version = line.version + 1, updated_at = $4
    FROM line, placed WHERE p.id = line.id
), written AS (
    INSERT INTO order_lines (order_id, product_id, sku, name, unit_amount, quantity)
    SELECT placed.id, line.id, sku, name, price_amount, quantity FROM line, placed
), answer AS (
    SELECT jsonb_build_object(
        'id', $10::text, 'user_id', $11::text, 'status', 'placed', 'lines', lines,
        'total', jsonb_build_object('amount', total::bigint, 'currency', currency), 'reference', $3::text,
        'version', 1, 'created_at', $12::bigint, 'updated_at', $12::bigint
    ) AS value
    FROM basket, placed
), told AS (
    INSERT INTO events (kind, subject_id, payload, created_at) SELECT 'order.placed', $1, value, $4 FROM answer
), answered AS (
    INSERT INTO idempotency_records (user_id, operation, key, fingerprint, answer, created_at)
    SELECT $13, $14, $15, $16, jsonb_build_object('done', value), $18 FROM answer
)
SELECT line.id, sku, name, price_amount, line.currency AS "currency: crate::column::CurrencyCode", quantity AS "quantity!"
FROM line, placed ORDER BY line.id

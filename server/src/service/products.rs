//! Products: what everybody may see, and what administrators change.

use orderly_domain::{
    Money, Page, Position, SortKey, Storage, Timestamp, Version,
    api_key::Scope,
    id::ProductId,
    idempotency::Once,
    product::{Product, ProductChange, ProductFilter, ProductSort, StockAdjustment, StockChange},
};
use serde::Serialize;
use serde_json::{Value, json};

use super::{Listing, Precondition, Principal, Result, ServiceError, Services, audit::Action, idempotency};

/// Which products to list.
#[derive(Debug, Clone)]
pub struct ListProducts {
    /// Text that the name, the description or the SKU contains.
    pub text: Option<String>,
    /// Only products for sale, or only archived ones.
    pub active: Option<bool>,
    /// Lowest price in minor units.
    pub price_min: Option<i64>,
    /// Highest price in minor units.
    pub price_max: Option<i64>,
    /// The order.
    pub sort: ProductSort,
    /// Which page.
    pub listing: Listing,
}

/// A product to create.
#[derive(Debug, Clone, Serialize)]
pub struct CreateProduct {
    /// Stock keeping unit.
    pub sku: String,
    /// The name that customers see.
    pub name: String,
    /// Some words about it.
    pub description: Option<String>,
    /// What one costs.
    pub price: Money,
    /// How many there are.
    pub stock: i64,
}

/// A change of stock to make.
#[derive(Debug, Clone, Serialize)]
pub struct AdjustStock {
    /// Of what.
    pub product_id: ProductId,
    /// How many to add; negative to take away.
    pub delta: i64,
    /// Why.
    pub reason: String,
}

impl<S: Storage> Services<S> {
    /// A page of products; archived ones are for administrators only.
    ///
    /// # Errors
    /// `Forbidden` for archived products to anybody else, `InvalidCursor`.
    pub async fn list_products(
        &self,
        principal: Option<&Principal>,
        list: ListProducts,
    ) -> Result<Page<Product>> {
        let ListProducts { text, active, price_min, price_max, sort, listing } = list;
        let active = match active {
            Some(false) if !sees_archived(principal) => {
                return Err(ServiceError::Forbidden { reason: "Archived products are for administrators." });
            }
            None if !sees_archived(principal) => Some(true),
            asked => asked,
        };
        let filters = ("products", &text, active, price_min, price_max, sort);
        let after = listing.after(&filters)?;
        let limit = listing.rows();
        let filter = ProductFilter { text: text.clone(), active, price_min, price_max, sort, after, limit };
        let rows = self.store.products(filter).await?;
        Ok(Page::of(rows, listing.limit, &filters, |product| position(product, sort)))
    }

    /// A product; an archived one is there for administrators only.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn product(&self, principal: Option<&Principal>, id: ProductId) -> Result<Product> {
        let product = self.store.product(id).await.map_err(ServiceError::missing("product"))?;
        if product.active || sees_archived(principal) {
            Ok(product)
        } else {
            Err(ServiceError::NotFound { what: "product" })
        }
    }

    /// Creates a product.
    ///
    /// # Errors
    /// `Forbidden`, `SkuTaken`, `IdempotencyKeyReused`, `IdempotencyInFlight`.
    pub async fn create_product(
        &self,
        principal: &Principal,
        create: CreateProduct,
        key: Option<String>,
    ) -> Result<Once<Product>> {
        may_change(principal)?;
        let now = Timestamp::now();
        let once = key.map(|key| idempotency::record(principal, "create_product", key, &create, now));
        let CreateProduct { sku, name, description, price, stock } = create;
        let product = Product {
            id: ProductId::new(),
            sku,
            name,
            description,
            price,
            stock,
            active: true,
            version: Version::FIRST,
            created_at: now,
            updated_at: now,
        };
        let details = json!({
            "sku": product.sku, "name": product.name, "price": product.price, "stock": product.stock,
        });
        let audit = principal.audit(Action::CreateProduct, product.id, now, details);
        Ok(self.store.create_product(product, once, audit).await?)
    }

    /// Changes a product; the version that the change is based on has to be named.
    ///
    /// # Errors
    /// `Forbidden`, `PreconditionRequired`, `NotFound`, `VersionMismatch`.
    pub async fn change_product(
        &self,
        principal: &Principal,
        id: ProductId,
        precondition: Precondition,
        change: ProductChange,
    ) -> Result<Product> {
        may_change(principal)?;
        let expected = precondition.required()?;
        self.change_by(principal, Action::UpdateProduct, id, expected, change).await
    }

    /// Takes a product off sale; doing it again changes nothing.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`.
    pub async fn archive_product(&self, principal: &Principal, id: ProductId) -> Result<Product> {
        may_change(principal)?;
        let product = self.product(Some(principal), id).await?;
        if !product.active {
            return Ok(product);
        }
        let change = ProductChange { active: Some(false), ..ProductChange::default() };
        self.change_by(principal, Action::ArchiveProduct, id, None, change).await
    }

    async fn change_by(
        &self,
        principal: &Principal,
        action: Action,
        id: ProductId,
        expected: Option<Vec<Version>>,
        change: ProductChange,
    ) -> Result<Product> {
        let now = Timestamp::now();
        let audit = principal.audit(action, id, now, changed(&change));
        self.store
            .change_product(id, expected, change, now, audit)
            .await
            .map_err(ServiceError::missing("product"))
    }

    /// Adds to the stock or takes away from it.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`, `OutOfStock`, `IdempotencyKeyReused`, `IdempotencyInFlight`.
    pub async fn adjust_stock(
        &self,
        principal: &Principal,
        adjust: AdjustStock,
        key: Option<String>,
    ) -> Result<Once<StockAdjustment>> {
        may_change(principal)?;
        let now = Timestamp::now();
        let once = key.map(|key| idempotency::record(principal, "adjust_stock", key, &adjust, now));
        let AdjustStock { product_id, delta, reason } = adjust;
        let details = json!({ "delta": delta, "reason": reason });
        let audit = principal.audit(Action::AdjustStock, product_id, now, details);
        self.store
            .adjust_stock(StockChange { product_id, delta, reason, at: now }, once, audit)
            .await
            .map_err(ServiceError::missing("product"))
    }
}

/// The fields that a change sets, with what it sets them to.
fn changed(change: &ProductChange) -> Value {
    let ProductChange { name, description, price, active } = change;
    let fields = [
        ("name", name.as_ref().map(|name| json!(name))),
        ("description", description.as_ref().map(|description| json!(description))),
        ("price", price.map(|price| json!(price))),
        ("active", active.map(|active| json!(active))),
    ];
    fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}

fn may_change(principal: &Principal) -> Result<()> {
    principal.require_administrator()?;
    principal.require(Scope::CatalogueWrite)
}

fn sees_archived(principal: Option<&Principal>) -> bool {
    principal.is_some_and(Principal::is_administrator)
}

fn position(product: &Product, sort: ProductSort) -> Position {
    let key = match sort {
        ProductSort::Newest | ProductSort::Oldest => SortKey::Id,
        ProductSort::Name => SortKey::Text(product.name.clone()),
        ProductSort::Cheapest | ProductSort::Dearest => SortKey::Number(product.price.amount()),
    };
    Position { key, id: product.id.uuid() }
}

//! Products and their stock between the document and the shop.

use orderly_api as api;
use orderly_domain::{
    Page,
    product::{Product, ProductChange, ProductSort, StockAdjustment},
};

use super::{IntoApi, IntoDomain, page};
use crate::service::CreateProduct;

impl IntoDomain for api::ProductSort {
    type Domain = ProductSort;

    fn into_domain(self) -> ProductSort {
        match self {
            Self::Newest => ProductSort::Newest,
            Self::Oldest => ProductSort::Oldest,
            Self::Name => ProductSort::Name,
            Self::Cheapest => ProductSort::Cheapest,
            Self::Dearest => ProductSort::Dearest,
        }
    }
}

impl IntoDomain for api::ProductCreate {
    type Domain = CreateProduct;

    fn into_domain(self) -> CreateProduct {
        CreateProduct {
            sku: self.sku.into_inner(),
            name: self.name.into_inner(),
            description: self.description.map(api::ProductText::into_inner),
            price: self.price.into_domain(),
            stock: self.stock.get(),
        }
    }
}

impl IntoDomain for api::ProductPatch {
    type Domain = ProductChange;

    fn into_domain(self) -> ProductChange {
        ProductChange {
            name: self.name.map(api::ProductName::into_inner),
            description: self.description.map(String::from).into_option_option(),
            price: self.price.map(IntoDomain::into_domain),
            active: self.active,
        }
    }
}

impl IntoApi for Product {
    type Api = api::Product;

    fn into_api(self) -> api::Product {
        api::Product {
            id: self.id.into_api(),
            sku: self.sku,
            name: self.name,
            description: self.description,
            price: self.price.into_api(),
            stock: self.stock.try_into().expect("stock never goes below zero"),
            active: self.active,
            created_at: self.created_at.into_api(),
            updated_at: self.updated_at.into_api(),
        }
    }
}

impl IntoApi for Page<Product> {
    type Api = api::ProductPage;

    fn into_api(self) -> api::ProductPage {
        let (items, next_cursor) = page(self);
        api::ProductPage { items, next_cursor }
    }
}

impl IntoApi for StockAdjustment {
    type Api = api::StockAdjustment;

    fn into_api(self) -> api::StockAdjustment {
        api::StockAdjustment {
            product_id: self.product_id.into_api(),
            delta: self.delta,
            reason: self.reason,
            stock: self.stock.try_into().expect("stock never goes below zero"),
            created_at: self.created_at.into_api(),
        }
    }
}

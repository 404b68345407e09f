//! Notes between the document and the shop.

use orderly_api as api;
use orderly_domain::{
    Page,
    note::{Note, NoteChange},
};

use super::{IntoApi, IntoDomain, page};
use crate::service::WriteNote;

impl IntoDomain for api::NoteWrite {
    type Domain = WriteNote;

    fn into_domain(self) -> WriteNote {
        WriteNote {
            title: self.title.into_inner(),
            body: self.body.into_inner(),
            order_id: self.order_id.map(IntoDomain::into_domain),
        }
    }
}

impl IntoDomain for api::NotePatch {
    type Domain = NoteChange;

    fn into_domain(self) -> NoteChange {
        let order_id = |id: api::NotePatchOrderId| {
            id.as_str().parse().expect("the document's pattern is that of the id")
        };
        NoteChange {
            title: self.title.map(api::NoteTitle::into_inner),
            body: self.body.map(api::NoteBody::into_inner),
            order_id: self.order_id.map(order_id).into_option_option(),
        }
    }
}

impl IntoApi for Note {
    type Api = api::Note;

    fn into_api(self) -> api::Note {
        api::Note {
            id: self.id.into_api(),
            title: self.title,
            body: self.body,
            order_id: self.order_id.map(IntoApi::into_api),
            created_at: self.created_at.into_api(),
            updated_at: self.updated_at.into_api(),
        }
    }
}

impl IntoApi for Page<Note> {
    type Api = api::NotePage;

    fn into_api(self) -> api::NotePage {
        let (items, next_cursor) = page(self);
        api::NotePage { items, next_cursor }
    }
}

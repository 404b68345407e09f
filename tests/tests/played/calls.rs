//! Every operation as a call of the SDK, with arguments that the document gives as examples.

use std::pin::Pin;

use orderly_client::{Client, Error, types};
use orderly_contract::{Direction, Operation, value::Values};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::player::DOCUMENT;

type Answered<'c> = Pin<Box<dyn Future<Output = Result<Value, Error>> + Send + 'c>>;

/// A call of the SDK.
pub(crate) struct Call {
    /// The id of the operation.
    pub(crate) operation: &'static str,
    /// Sends it with this body, and gives what came back as JSON again.
    pub(crate) send: for<'c> fn(&'c Client, Option<Value>) -> Answered<'c>,
    /// Why the SDK cannot send a body, if it cannot.
    pub(crate) takes: fn(&Value) -> Result<(), serde_json::Error>,
}

impl Call {
    pub(crate) fn operation(&self) -> &'static Operation {
        DOCUMENT.operation(self.operation).expect("the SDK's operations are the document's")
    }

    /// Bodies that the operation takes, such that every rule of its schema is kept in some; none if it takes none.
    pub(crate) fn bodies(&self) -> Vec<Value> {
        let content = self.operation().body.as_ref().and_then(|body| body.content.first());
        let kept = content
            .map(|content| Values::new(&DOCUMENT, &content.schema(), Direction::Request).kept())
            .unwrap_or_default();
        kept.into_iter().map(|labelled| labelled.value).collect()
    }

    /// A body that the operation takes; nothing if it takes none.
    pub(crate) fn body(&self) -> Option<Value> {
        self.bodies().into_iter().next()
    }
}

/// The example of a path parameter.
fn argument(operation: &str, name: &str) -> String {
    let operation = DOCUMENT.operation(operation).unwrap();
    let parameter = operation.parameters.iter().find(|parameter| parameter.name == name).unwrap();
    let value = Values::new(&DOCUMENT, &parameter.schema, Direction::Request).sample().unwrap();
    value.as_str().unwrap().to_owned()
}

fn read<T: DeserializeOwned>(body: Option<Value>) -> T {
    serde_json::from_value(body.expect("the operation takes a body")).expect("the SDK takes the body")
}

macro_rules! calls {
    ($($operation:ident($($argument:ident),*) $(: $body:ident)?;)+) => {
        /// Every one.
        pub(crate) const CALLS: &[Call] = &[$(Call {
            operation: stringify!($operation),
            send: |client, body| {
                Box::pin(async move {
                    let _ = &body;
                    let call = client.$operation()
                        $(.$argument(argument(stringify!($operation), stringify!($argument))))*
                        $(.body(read::<types::$body>(body)))?;
                    Ok(serde_json::to_value(call.await?).expect("an answer is JSON"))
                })
            },
            takes: |_body| {
                $(serde_json::from_value::<types::$body>(_body.clone())?;)?
                Ok(())
            },
        }),+];
    };
}

calls! {
    get_jwks();
    register(): Registration;
    create_tokens(): TokenRequest;
    revoke_tokens(): TokenRevocation;
    get_me();
    update_me(): ProfilePatch;
    change_password(): PasswordChange;
    get_overview();
    list_users();
    create_user(): UserCreate;
    get_user(user_id);
    delete_user(user_id);
    change_role(user_id): RoleChange;
    list_api_keys();
    create_api_key(): ApiKeyCreate;
    revoke_api_key(api_key_id);
    list_products();
    create_product(): ProductCreate;
    get_product(product_id);
    update_product(product_id): ProductPatch;
    archive_product(product_id);
    adjust_stock(product_id): StockAdjust;
    list_orders();
    create_order(): OrderCreate;
    get_order(order_id);
    cancel_order(order_id);
    list_notes();
    create_note(): NoteWrite;
    get_note(note_id);
    replace_note(note_id): NoteWrite;
    update_note(note_id): NotePatch;
    delete_note(note_id);
    list_audit_entries();
}

#[test]
fn every_operation_of_the_document_is_played() {
    let mut played: Vec<&str> = CALLS.iter().map(|call| call.operation).collect();
    let mut declared: Vec<&str> = DOCUMENT.operations().iter().map(|operation| &*operation.id).collect();
    played.sort_unstable();
    declared.sort_unstable();
    assert_eq!(played, declared);
}

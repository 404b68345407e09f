//! Reading what has changed, and changing what others change too: `cargo run --example versions -- http://localhost:8080`.

use orderly_client::{Client, Error, NotModifiedExt as _, Patch, ResponseExt as _, modify, types};

/// Changes a note in two ways, and tells what it says then.
pub(crate) async fn run(address: &str) -> Result<String, Error> {
    let email = format!("ada+{}@example.com", uuid::Uuid::now_v7().simple());
    let account =
        types::Registration::builder().email(email.as_str()).password("correct horse battery").name("Ada");
    Client::builder(address).build()?.register().body(account).await?;
    let shop = Client::builder(address).password(email, "correct horse battery").build()?;

    let note = types::NoteWrite::builder().title("Gift").body("Wrap it");
    let note = shop.create_note().body(note).send().await?;

    // What is still current is not sent again.
    let etag = note.etag().unwrap_or_default();
    match shop.get_note().note_id(note.id.clone()).if_none_match(etag).send().await.unless_not_modified()? {
        Some(newer) => println!("now {}", newer.title),
        None => println!("still {}", note.title),
    }

    // Read, changed, and sent on the condition that nobody else was faster; if somebody was, all of it again.
    let changed: types::Note = modify(
        || shop.get_note().note_id(note.id.clone()).send(),
        |seen, etag| {
            let body = types::NoteWrite::builder().title(seen.title.as_str()).body(format!("{}!", seen.body));
            shop.replace_note().note_id(note.id.clone()).if_match(etag).body(body)
        },
    )
    .await?;

    // A patch says what changes: this clears a field, and all others stay.
    let call = shop.update_note().note_id(changed.id).body_map(|body| body.order_id(Patch::Clear));
    Ok(call.await?.body)
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "http://localhost:8080".to_owned());
    run(&address).await.map(drop)
}

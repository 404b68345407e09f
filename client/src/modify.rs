//! Changing what others change too, without undoing what they did.

use std::time::Duration;

use http::StatusCode;

use crate::{Error, ResponseExt};

/// How often something is read and changed at most before the conflict is the caller's.
const ATTEMPTS: u32 = 10;
/// The longest wait after the first conflict; it doubles each time.
const PAUSE: Duration = Duration::from_millis(5);

/// Reads something, changes it, and sends it on the condition that nobody has changed it since (`If-Match`, RFC 9110
/// section 13.1.1). If somebody has, it is read and changed again, ten times at most: no writer undoes another's work.
///
/// `read` begins a call with `send()`, so that the answer has its `ETag`. `change` gets what was read and this tag, and
/// begins the call that writes.
///
/// ```no_run
/// # async fn run(shop: orderly_client::Client) -> Result<(), orderly_client::Error> {
/// use orderly_client::{modify, types};
///
/// let id = "nte_01jd0q5x8yf6r9v2k3m4n5p6q7";
/// let note = modify(
///     || shop.get_note().note_id(id).send(),
///     |note, etag| {
///         let body = types::NoteWrite::builder().title(note.title.as_str()).body(format!("{}!", note.body));
///         shop.replace_note().note_id(id).if_match(etag).body(body)
///     },
/// )
/// .await?;
/// println!("{}", note.body);
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// What `read` or `change` fails with: after the last attempt that is the conflict, a problem with status 412. An answer
/// without an `ETag` is an [`Error::InvalidRequest`]. If the connection breaks while the change is sent, nobody knows
/// whether it was made, and the error says so by being [`Error::Transport`] or [`Error::Timeout`].
pub async fn modify<Seen, Done, Read, Write, ReadError, WriteError>(
    read: impl Fn() -> Read,
    change: impl Fn(Seen, &str) -> Write,
) -> Result<Done, Error>
where
    Seen: ResponseExt,
    Read: IntoFuture<Output = Result<Seen, ReadError>>,
    Write: IntoFuture<Output = Result<Done, WriteError>>,
    Error: From<ReadError> + From<WriteError>,
{
    let mut conflicts = 0;
    loop {
        let seen = read().await?;
        let etag = seen.etag().map(str::to_owned);
        let etag = etag
            .ok_or_else(|| Error::InvalidRequest("what was read has no ETag to change it by".to_owned()))?;
        let error = match change(seen, &etag).await.map_err(Error::from) {
            Err(error) if error.status() == Some(StatusCode::PRECONDITION_FAILED) => error,
            done => return done,
        };
        conflicts += 1;
        if conflicts == ATTEMPTS {
            return Err(error);
        }
        // Not all writers at the same moment again.
        tokio::time::sleep((PAUSE * (1 << conflicts)).mul_f64(fastrand::f64())).await;
    }
}

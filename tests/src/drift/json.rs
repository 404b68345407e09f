//! Reading and changing the JSON of requests and answers.

use http::{HeaderValue, StatusCode, header};
use orderly_contract::{Received, Sent};
use serde_json::Value;

/// The body of a request; `null` if it is no JSON.
pub(super) fn body(sent: &Sent) -> Value {
    serde_json::from_slice(&sent.body).unwrap_or_default()
}

/// The body of an answer; `null` if it is no JSON.
pub(super) fn answered(received: &Received) -> Value {
    serde_json::from_slice(&received.body).unwrap_or_default()
}

/// Changes the body of an answer with this status; that of HEAD has none.
pub(super) fn edit(received: &mut Received, status: u16, change: impl FnOnce(&mut Value)) {
    if received.status == status
        && let Ok(mut value) = serde_json::from_slice(&received.body)
    {
        change(&mut value);
        received.body = value.to_string().into();
    }
}

/// Changes every item of a page.
pub(super) fn edit_items(received: &mut Received, mut change: impl FnMut(&mut Value)) {
    edit(received, 200, |page| {
        page["items"].as_array_mut().into_iter().flatten().for_each(&mut change);
    });
}

/// Takes a member out of an object.
pub(super) fn remove(value: &mut Value, member: &str) -> Value {
    value.as_object_mut().and_then(|members| members.remove(member)).unwrap_or_default()
}

/// Puts another status in the place of this one.
pub(super) fn swap_status(received: &mut Received, from: u16, to: u16) {
    if received.status == from {
        received.status = StatusCode::from_u16(to).unwrap_or_default();
    }
}

/// Gives an answer another media type.
pub(super) fn retype(received: &mut Received, media_type: &'static str) {
    received.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
}

/// The values of a query parameter.
pub(super) fn query(sent: &Sent, name: &str) -> Vec<String> {
    let query = sent.query.as_deref().unwrap_or_default();
    let pairs = form_urlencoded::parse(query.as_bytes()).into_owned();
    pairs.filter(|(known, _)| known == name).map(|(_, value)| value).collect()
}

/// Takes a query parameter away.
pub(super) fn without_query(sent: &mut Sent, name: &str) {
    let query = sent.query.take().unwrap_or_default();
    let kept: Vec<&str> =
        query.split('&').filter(|pair| pair.split('=').next() != Some(name) && !pair.is_empty()).collect();
    sent.query = (!kept.is_empty()).then(|| kept.join("&"));
}

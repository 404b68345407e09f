//! The request and the headers of its answer on stderr, for `-v`.

use std::io::Write as _;

use anstyle::Style;
use orderly_client::RawAnswer;
use reqwest::Request;
use reqwest::header::HeaderMap;

use crate::curl::Presented;
use crate::output::visible;

/// Tells what is about to be sent. Credentials are not told.
pub(crate) fn request(request: &Request, presented: Presented) {
    let mut stderr = anstream::stderr().lock();
    let dim = Style::new().dimmed();
    // Where stderr is closed nobody wants to know.
    let _ = writeln!(stderr, "{dim}> {} {}{dim:#}", request.method(), request.url());
    match presented {
        Presented::Nothing => {}
        Presented::Token => drop(writeln!(stderr, "{dim}> authorization: Bearer …{dim:#}")),
        Presented::ApiKey => drop(writeln!(stderr, "{dim}> x-api-key: …{dim:#}")),
    }
    headers(&mut stderr, '>', request.headers());
}

/// Tells how it was answered.
pub(crate) fn answer(answer: &RawAnswer) {
    let mut stderr = anstream::stderr().lock();
    let dim = Style::new().dimmed();
    let _ = writeln!(stderr, "{dim}< {}{dim:#}", answer.status());
    headers(&mut stderr, '<', answer.headers());
}

fn headers(to: &mut impl std::io::Write, sign: char, headers: &HeaderMap) {
    let dim = Style::new().dimmed();
    for (name, value) in headers {
        let value = String::from_utf8_lossy(value.as_bytes());
        let _ = writeln!(to, "{dim}{sign} {name}: {}{dim:#}", visible(&value));
    }
}

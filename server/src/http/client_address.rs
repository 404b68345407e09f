//! Where a request really comes from. Whoever connects is believed about himself only; a proxy that is trusted is
//! believed about whom it passes on.

use std::net::{IpAddr, SocketAddr};

use poem::{
    Request,
    http::{HeaderMap, header},
};

use crate::config::Network;

const X_FORWARDED_FOR: &str = "x-forwarded-for";

/// The client's address; `None` for a request that came by no network.
///
/// Each proxy appends the address that it heard from, so the rightmost one that no trusted proxy has is the client's:
/// what stands further left anybody may have written.
pub(super) fn of(request: &Request, trusted: &[Network]) -> Option<IpAddr> {
    let peer = request.remote_addr().as_socket_addr()?.ip().to_canonical();
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.contains(address));
    if !is_trusted(peer) {
        return Some(peer);
    }
    let headers = request.headers();
    let told = [client(forwarded(headers), is_trusted), client(x_forwarded_for(headers), is_trusted)];
    Some(match told {
        [None, None] => peer,
        [Some(client), None] | [None, Some(client)] => client.unwrap_or(peer),
        // A proxy writes one of them and may let the other through as the client wrote it.
        [Some(one), Some(other)] => one.filter(|_| one == other).unwrap_or(peer),
    })
}

/// The rightmost of these that is not trusted, or else the leftmost: `Some(None)` if a hop is unreadable before that,
/// `None` without any hop.
fn client<'h>(
    hops: impl DoubleEndedIterator<Item = &'h str>,
    is_trusted: impl Fn(IpAddr) -> bool,
) -> Option<Option<IpAddr>> {
    let mut last = None;
    for hop in hops.rev() {
        let Some(address) = address(hop) else { return Some(last) };
        last = Some(address);
        if !is_trusted(address) {
            break;
        }
    }
    last.map(Some)
}

/// An address with or without brackets and port (RFC 7239, section 6).
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim().trim_matches('"');
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    let address = bare.parse().ok().or_else(|| Some(text.parse::<SocketAddr>().ok()?.ip()))?;
    Some(IpAddr::to_canonical(&address))
}

/// The elements of all lines of a list, in their order.
fn elements<'h>(headers: &'h HeaderMap, name: &str) -> impl DoubleEndedIterator<Item = &'h str> {
    let lines = headers.get_all(name).into_iter().map(|line| line.to_str().unwrap_or("unreadable"));
    lines.flat_map(|line| line.split(','))
}

fn x_forwarded_for(headers: &HeaderMap) -> impl DoubleEndedIterator<Item = &str> {
    elements(headers, X_FORWARDED_FOR)
}

/// The `for` of each element of `Forwarded` (RFC 7239, section 4).
fn forwarded(headers: &HeaderMap) -> impl DoubleEndedIterator<Item = &str> {
    elements(headers, header::FORWARDED.as_str()).map(|element| {
        let parts = element.split(';').filter_map(|part| part.trim().split_once('='));
        let mut nodes = parts.filter(|(name, _)| name.eq_ignore_ascii_case("for"));
        nodes.next().map_or("unknown", |(_, node)| node)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use poem::{
        Addr,
        web::{LocalAddr, RemoteAddr},
    };

    /// Who connects, what it tells, and who is the client then.
    type Case<'c> = (&'c str, &'c [(&'c str, &'c str)], &'c str);

    fn seen(peer: &str, lines: &[(&str, &str)]) -> String {
        let trusted = ["10.0.0.0/8".parse().unwrap(), "fd00::/8".parse().unwrap()];
        let mut request = Request::builder();
        for (name, value) in lines {
            request = request.header(*name, *value);
        }
        let request = request.finish();
        let (mut parts, body) = request.into_parts();
        let peer = SocketAddr::new(peer.parse().unwrap(), 1);
        let (mut head, ()) = poem::http::Request::new(()).into_parts();
        head.headers = std::mem::take(&mut parts.headers);
        let addresses = (LocalAddr::default(), RemoteAddr(Addr::SocketAddr(peer)));
        let parts = poem::RequestParts::from((head, addresses.0, addresses.1, poem::http::uri::Scheme::HTTP));
        of(&Request::from_parts(parts, body), &trusted).unwrap().to_string()
    }

    #[test]
    fn the_rightmost_address_that_is_not_trusted_is_the_client() {
        let x = "x-forwarded-for";
        let cases: [Case; 15] = [
            ("192.0.2.1", &[], "192.0.2.1"),
            ("::ffff:192.0.2.1", &[], "192.0.2.1"),
            // Nobody is believed who is not trusted.
            ("192.0.2.1", &[(x, "198.51.100.9")], "192.0.2.1"),
            ("10.0.0.1", &[], "10.0.0.1"),
            ("10.0.0.1", &[(x, "198.51.100.9")], "198.51.100.9"),
            ("10.0.0.1", &[(x, "203.0.113.5, 198.51.100.9")], "198.51.100.9"),
            ("10.0.0.1", &[(x, "203.0.113.5, 198.51.100.9, 10.0.0.2")], "198.51.100.9"),
            ("10.0.0.1", &[(x, "203.0.113.5"), (x, "198.51.100.9,10.0.0.2")], "198.51.100.9"),
            ("fd00::1", &[(x, "2001:db8::7")], "2001:db8::7"),
            ("10.0.0.1", &[(x, "10.0.0.3, 10.0.0.2")], "10.0.0.3"),
            ("10.0.0.1", &[(x, "203.0.113.5, nonsense, 10.0.0.2")], "10.0.0.2"),
            (
                "10.0.0.1",
                &[("forwarded", "for=203.0.113.5, for=\"[2001:db8::7]:4711\";proto=https")],
                "2001:db8::7",
            ),
            ("10.0.0.1", &[("forwarded", "For=198.51.100.9:80;by=_hidden")], "198.51.100.9"),
            // The one that the proxy did not write may be the client's invention.
            ("10.0.0.1", &[("forwarded", "for=203.0.113.5"), (x, "198.51.100.9")], "10.0.0.1"),
            ("10.0.0.1", &[("forwarded", "for=198.51.100.9"), (x, "198.51.100.9")], "198.51.100.9"),
        ];
        for (peer, lines, expected) in cases {
            assert_eq!(seen(peer, lines), expected, "{peer} {lines:?}");
        }
    }
}

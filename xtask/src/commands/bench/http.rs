//! A connection that asks one request after the other and reads just enough of the answers: cheap, so that the machine's
//! time is the server's.

use std::io;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// A server that is silent for so long has failed.
const PATIENCE: Duration = Duration::from_secs(30);

/// An HTTP/1.1 connection that is kept between requests.
#[derive(Debug)]
pub(super) struct Connection {
    stream: TcpStream,
    received: Vec<u8>,
}

/// What was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Answer<'c> {
    pub(super) status: u16,
    pub(super) body: &'c [u8],
}

impl Connection {
    pub(super) fn open(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(Self { stream, received: Vec::new() })
    }

    /// Sends a request and waits for its whole answer.
    pub(super) fn ask(&mut self, request: &[u8]) -> io::Result<Answer<'_>> {
        self.stream.write_all(request)?;
        self.received.clear();
        let mut expected = None;
        loop {
            match expected {
                None => expected = Extent::of(&self.received)?,
                Some(extent) if self.received.len() >= extent.end => {
                    let body = &self.received[extent.head..extent.end];
                    return Ok(Answer { status: extent.status, body });
                }
                Some(_) => {}
            }
            if expected.is_none_or(|extent| self.received.len() < extent.end) {
                self.receive()?;
            }
        }
    }

    fn receive(&mut self) -> io::Result<()> {
        let mut piece = [0; 16_384];
        match self.stream.read(&mut piece)? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            length => {
                self.received.extend_from_slice(&piece[..length]);
                Ok(())
            }
        }
    }
}

/// Where an answer's parts end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Extent {
    status: u16,
    head: usize,
    end: usize,
}

impl Extent {
    /// Nothing while the head is incomplete. Only answers with a `Content-Length` are understood: the server sends no
    /// others to what is measured here.
    fn of(received: &[u8]) -> io::Result<Option<Self>> {
        let Some(length) = received.windows(4).position(|bytes| bytes == b"\r\n\r\n") else {
            return Ok(None);
        };
        let refused = || io::Error::new(io::ErrorKind::InvalidData, "an answer without status or length");
        let head = std::str::from_utf8(&received[..length]).map_err(|_| refused())?;
        let status = head.get(9..12).and_then(|digits| digits.parse().ok()).ok_or_else(refused)?;
        let content_length = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
        });
        let body = if status == 204 || status == 304 { 0 } else { content_length.ok_or_else(refused)? };
        let head = length + 4;
        Ok(Some(Self { status, head, end: head + body }))
    }
}

/// A request as bytes. A body is JSON.
pub(super) fn request(method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Vec<u8> {
    let mut text = format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n");
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    if !body.is_empty() {
        text.push_str(&format!("Content-Type: application/json\r\nContent-Length: {}\r\n", body.len()));
    }
    text.push_str("\r\n");
    text.push_str(body);
    text.into_bytes()
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;

    #[test]
    fn answers_are_read_whole_however_they_arrive() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let server = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut scrap = [0; 1024];
            for pieces in [
                &["HTTP/1.1 200 OK\r\nContent-", "Length: 4\r\n\r\nab", "cd"][..],
                &["HTTP/1.1 204 No Content\r\n\r\n"],
                &["HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n"],
            ] {
                assert!(stream.read(&mut scrap).unwrap() > 0);
                for piece in pieces {
                    stream.write_all(piece.as_bytes()).unwrap();
                    stream.flush().unwrap();
                }
            }
        });
        let mut connection = Connection::open(address).unwrap();
        let get = request("GET", "/", &[], "");
        assert_eq!(connection.ask(&get).unwrap(), Answer { status: 200, body: b"abcd" });
        assert_eq!(connection.ask(&get).unwrap(), Answer { status: 204, body: b"" });
        assert_eq!(connection.ask(&get).unwrap(), Answer { status: 404, body: b"" });
        server.join().unwrap();
        assert_eq!(connection.ask(&get).unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
    }

    #[test]
    fn an_answer_of_unknown_length_is_refused() {
        assert!(Extent::of(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n").is_err());
        assert_eq!(Extent::of(b"HTTP/1.1 200 OK\r\n").unwrap(), None);
    }

    #[test]
    fn a_body_is_announced() {
        let text = String::from_utf8(request("POST", "/v1/x", &[("A", "b")], "{}")).unwrap();
        assert!(text.starts_with("POST /v1/x HTTP/1.1\r\nHost: localhost\r\n"), "{text}");
        assert!(text.contains("\r\nA: b\r\n") && text.ends_with("Content-Length: 2\r\n\r\n{}"), "{text}");
    }
}

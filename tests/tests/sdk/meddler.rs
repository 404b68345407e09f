//! A proxy before the server that counts what passes, breaks connections, and spoils tokens.

use std::collections::HashSet;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// A running proxy; clones are the same one.
#[derive(Clone)]
pub(crate) struct Meddler(Arc<State>);

struct State {
    address: SocketAddr,
    server: SocketAddr,
    /// `POST /v1/orders` of everything that has come.
    passed: Mutex<Vec<String>>,
    /// How many answers to requests of a method are still to be thrown away, with their connections.
    cuts: Mutex<(&'static str, usize)>,
    /// The access token that came last.
    token: Mutex<String>,
    /// Tokens that the server shall not know any more.
    revoked: Mutex<HashSet<String>>,
}

impl Meddler {
    pub(crate) async fn before(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let state = State {
            address: listener.local_addr().unwrap(),
            server,
            passed: Mutex::default(),
            cuts: Mutex::default(),
            token: Mutex::default(),
            revoked: Mutex::default(),
        };
        let meddler = Self(Arc::new(state));
        tokio::spawn({
            let meddler = meddler.clone();
            async move {
                while let Ok((connection, _)) = listener.accept().await {
                    let meddler = meddler.clone();
                    tokio::spawn(async move { meddler.pass(connection).await });
                }
            }
        });
        meddler
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.0.address)
    }

    /// Throws away the next answers to requests of this method: the server has done its work, and nobody hears of it.
    pub(crate) fn cut(&self, method: &'static str, answers: usize) {
        *self.0.cuts.lock().unwrap() = (method, answers);
    }

    /// The access token that came last.
    pub(crate) fn last_token(&self) -> String {
        self.0.token.lock().unwrap().clone()
    }

    /// From now on the server gets this token spoiled, and refuses it.
    pub(crate) fn revoke(&self, token: &str) {
        self.0.revoked.lock().unwrap().insert(token.to_owned());
    }

    /// How many requests for a method and path have come.
    pub(crate) fn count(&self, request: &str) -> usize {
        let passed = self.0.passed.lock().unwrap();
        passed
            .iter()
            .filter(|line| line.as_str() == request || line.starts_with(&format!("{request}?")))
            .count()
    }

    /// Passes one request on, and its answer back.
    async fn pass(&self, mut client: TcpStream) -> io::Result<()> {
        let Some((head, body)) = read_request(&mut client).await? else { return Ok(()) };
        let line = head.lines().next().unwrap_or_default();
        let line = line.rsplit_once(' ').map_or(line, |(line, _)| line).to_owned();
        self.0.passed.lock().unwrap().push(line.clone());
        if let Some(token) = head.lines().find_map(|line| line.strip_prefix("authorization: Bearer ")) {
            token.clone_into(&mut self.0.token.lock().unwrap());
        }
        let mut head = head.replacen("\r\n", "\r\nConnection: close\r\n", 1);
        for token in self.0.revoked.lock().unwrap().iter() {
            head = head.replace(token.as_str(), &format!("{token}x"));
        }
        let mut server = TcpStream::connect(self.0.server).await?;
        server.write_all(head.as_bytes()).await?;
        server.write_all(&body).await?;
        let mut answer = Vec::new();
        server.read_to_end(&mut answer).await?;
        {
            let mut cuts = self.0.cuts.lock().unwrap();
            if cuts.1 > 0 && line.starts_with(cuts.0) {
                cuts.1 -= 1;
                return Ok(());
            }
        }
        client.write_all(&answer).await?;
        client.shutdown().await
    }
}

/// The head with its end, and the body.
async fn read_request(client: &mut TcpStream) -> io::Result<Option<(String, Vec<u8>)>> {
    let (mut request, mut buffer) = (Vec::new(), [0; 16_384]);
    loop {
        if let Some(end) = request.windows(4).position(|window| window == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&request[..end + 4]).into_owned();
            let length = head.lines().find_map(|line| {
                let (name, value) = line.split_once(':')?;
                name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
            });
            if request.len() - end - 4 >= length.unwrap_or(0) {
                return Ok(Some((head, request[end + 4..].to_vec())));
            }
        }
        match client.read(&mut buffer).await? {
            0 => return Ok(None),
            count => request.extend_from_slice(&buffer[..count]),
        }
    }
}

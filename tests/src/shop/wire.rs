//! A client that writes bytes to the socket itself, for requests that no HTTP library would send.

use std::{io, net::SocketAddr};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// An open connection.
#[derive(Debug)]
pub struct Wire {
    stream: TcpStream,
}

impl Wire {
    /// Connects.
    ///
    /// # Errors
    /// What the operating system says.
    pub async fn connect(address: SocketAddr) -> io::Result<Self> {
        Ok(Self { stream: TcpStream::connect(address).await? })
    }

    /// Sends bytes as they are.
    ///
    /// # Errors
    /// If the other side has gone.
    pub async fn send(&mut self, bytes: impl AsRef<[u8]>) -> io::Result<()> {
        self.stream.write_all(bytes.as_ref()).await
    }

    /// Reads the head of an answer without a body, such as `100 Continue`.
    ///
    /// # Errors
    /// If the other side closes the connection before.
    pub async fn read_head(&mut self) -> io::Result<String> {
        let mut bytes = Vec::new();
        while !bytes.ends_with(b"\r\n\r\n") {
            bytes.push(self.stream.read_u8().await?);
        }
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Reads one answer, whose body has a `Content-Length`.
    ///
    /// # Errors
    /// If the other side closes the connection before, or what it sends is no answer.
    pub async fn read_answer(&mut self) -> io::Result<String> {
        let mut bytes = Vec::new();
        loop {
            let text = String::from_utf8_lossy(&bytes);
            if let Some((head, body)) = text.split_once("\r\n\r\n")
                && body.len() >= content_length(head)?
            {
                return Ok(text.into_owned());
            }
            if self.stream.read_buf(&mut bytes).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
    }
}

fn content_length(head: &str) -> io::Result<usize> {
    let length = head.lines().filter_map(|line| line.split_once(':')).find_map(|(name, value)| {
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok()).flatten()
    });
    length.ok_or_else(|| io::Error::other(format!("no length in {head:?}")))
}

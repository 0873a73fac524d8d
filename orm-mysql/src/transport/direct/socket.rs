//! The kinds of sockets.

use std::io;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use socket2::{SockRef, TcpKeepalive};
use tokio::io::{AsyncRead, AsyncWrite, Interest, ReadBuf};
use tokio::net::TcpStream;
#[cfg(unix)]
use tokio::net::UnixStream;

use crate::place::{KEEPALIVE, Place};

pub(super) enum Socket {
    Tcp(TcpStream),
    #[cfg(unix)]
    Unix(UnixStream),
    #[cfg(feature = "tls")]
    Tls(Box<tokio_rustls::client::TlsStream<TcpStream>>),
}

/// A host that is gone without a word is noticed within two minutes, also by a statement that awaits its answer.
fn keepalive() -> TcpKeepalive {
    let keepalive = TcpKeepalive::new().with_time(KEEPALIVE);
    #[cfg(unix)]
    let keepalive = keepalive.with_interval(Duration::from_secs(15)).with_retries(4);
    keepalive
}

impl Socket {
    pub(super) async fn connect(place: &Place) -> io::Result<Self> {
        match &place.socket {
            #[cfg(unix)]
            Some(path) => UnixStream::connect(path).await.map(Socket::Unix),
            #[cfg(not(unix))]
            Some(_) => Err(io::Error::new(io::ErrorKind::Unsupported, "there are no Unix sockets here")),
            None => {
                let stream = TcpStream::connect((&*place.host, place.port)).await?;
                stream.set_nodelay(true)?;
                SockRef::from(&stream).set_tcp_keepalive(&keepalive())?;
                Ok(Socket::Tcp(stream))
            }
        }
    }

    /// Returns whether the server has closed the connection, as far as the runtime has noticed: nothing is read.
    pub(super) fn is_closed(&self) -> bool {
        let ready = pin!(async {
            match self {
                Socket::Tcp(stream) => stream.ready(Interest::READABLE).await,
                #[cfg(unix)]
                Socket::Unix(stream) => stream.ready(Interest::READABLE).await,
                #[cfg(feature = "tls")]
                Socket::Tls(stream) => stream.get_ref().0.ready(Interest::READABLE).await,
            }
        });
        match ready.poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(Ok(ready)) => ready.is_read_closed(),
            Poll::Ready(Err(_)) => true,
            Poll::Pending => false,
        }
    }

    /// Returns whether nothing between client and server can read what is sent.
    pub(super) fn is_secure(&self) -> bool {
        !matches!(self, Socket::Tcp(_))
    }
}

/// Calls a method of the stream, whatever its kind.
macro_rules! stream {
    ($socket:expr, $stream:ident => $call:expr) => {
        match $socket {
            Socket::Tcp($stream) => $call,
            #[cfg(unix)]
            Socket::Unix($stream) => $call,
            #[cfg(feature = "tls")]
            Socket::Tls($stream) => $call,
        }
    };
}

impl AsyncRead for Socket {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        stream!(self.get_mut(), stream => Pin::new(stream).poll_read(context, buffer))
    }
}

impl AsyncWrite for Socket {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        stream!(self.get_mut(), stream => Pin::new(stream).poll_write(context, bytes))
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        stream!(self.get_mut(), stream => Pin::new(stream).poll_flush(context))
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        stream!(self.get_mut(), stream => Pin::new(stream).poll_shutdown(context))
    }
}

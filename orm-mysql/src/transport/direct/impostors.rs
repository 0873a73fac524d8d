//! Tests with broken servers during login: whatever they send, it results in an error or in a connection.

use std::io;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use orm_core::{Error, Result};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::answers::{END, OK};
use super::login::{Session, log_in};
use crate::place::{Password, Place};

/// Returns the greeting of MySQL 9.
fn greeting() -> Vec<u8> {
    let mut greeting = b"\x0A9.7.0\0\x01\0\0\0nonce678\0\xFF\xFF\xFF\x02\0\xFF\xDF\x15".to_vec();
    greeting.extend([0; 10]);
    greeting.extend(b"and12more---\0caching_sha2_password\0");
    greeting
}

/// Returns a place that leads to the test.
fn way(port: u16, socket: Option<&Path>) -> Place {
    Place {
        user: Some("me".to_owned()),
        password: Password::Known("secret".to_owned()),
        host: "127.0.0.1".to_owned(),
        port,
        socket: socket.map(|path| path.display().to_string()),
        database: None,
        tls: None,
        compressed: false,
        connect_timeout: Duration::from_secs(10),
        read_timeout: None,
        write_timeout: None,
        program_name: None,
    }
}

/// Logs in to a server that answers each packet with the next of these, and records what was sent.
async fn meet_at(
    place: &Place,
    stream: impl Future<Output = io::Result<impl AsyncRead + AsyncWrite + Unpin>>,
    answers: Vec<Vec<u8>>,
    said: &Mutex<Vec<Vec<u8>>>,
) -> io::Result<Result<Session>> {
    let serve = async {
        let mut stream = stream.await?;
        let mut number = 0;
        for answer in answers {
            let mut packet = vec![answer.len() as u8, (answer.len() >> 8) as u8, 0, number];
            packet.extend(answer);
            stream.write_all(&packet).await?;
            let mut head = [0; 4];
            stream.read_exact(&mut head).await?;
            let mut words = vec![0; usize::from(head[0]) + (usize::from(head[1]) << 8)];
            stream.read_exact(&mut words).await?;
            said.lock().unwrap_or_else(PoisonError::into_inner).push(words);
            number = head[3].wrapping_add(1);
        }
        Ok(())
    };
    let serve = async {
        let served: io::Result<()> = serve.await;
        // The client has hung up, or was cut off.
        drop(served);
        std::future::pending().await
    };
    tokio::select! {
        met = log_in(place) => Ok(met),
        never = serve => never,
    }
}

/// Logs in over TCP.
async fn meet(answers: Vec<Vec<u8>>) -> io::Result<Result<Session>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let place = way(listener.local_addr()?.port(), None);
    let stream = async { listener.accept().await.map(|(stream, _)| stream) };
    meet_at(&place, stream, answers, &Mutex::default()).await
}

/// Returns the error for a server that greets and then answers like this.
async fn refusal(answers: &[&[u8]]) -> io::Result<Option<Error>> {
    let answers = std::iter::once(greeting()).chain(answers.iter().map(|answer| answer.to_vec()));
    Ok(meet(answers.collect()).await?.err())
}

#[tokio::test]
async fn let_one_in_or_not() -> io::Result<()> {
    assert!(refusal(&[&[OK, 0, 0, 2, 0, 0, 0]]).await?.is_none());
    // So often that the sequence numbers wrap around.
    let native = [&[END][..], b"mysql_native_password\0nonce678and12more---\0"].concat();
    let mut answers = vec![&native[..]; 150];
    answers.push(&[OK, 0, 0, 2, 0, 0, 0]);
    assert!(refusal(&answers).await?.is_none());
    let other = refusal(&[&[&[END][..], b"dialog\0nonce\0"].concat()]).await?;
    assert!(other.is_some_and(|error| error.to_string().contains("`dialog`")));
    let old = refusal(&[&[END]]).await?;
    assert!(old.is_some_and(|error| error.to_string().contains("`mysql_old_password`")));
    Ok(())
}

/// The packet that asks for the password in clear text.
const CLEARTEXT: &[u8] = b"\xFEmysql_clear_password\0";

#[tokio::test]
async fn are_not_told_the_password_where_others_hear_it() -> io::Result<()> {
    let error = refusal(&[CLEARTEXT]).await?;
    let told = "the server asks for the password in plain text (`mysql_clear_password`), which is only sent \
                where nobody else can read it: use `ssl_mode=verify_identity`, or a `socket`";
    assert_eq!(error.map(|error| error.to_string()).as_deref(), Some(told));
    Ok(())
}

#[cfg(unix)]
#[tokio::test]
async fn are_told_the_password_over_a_socket() -> io::Result<()> {
    let path = std::env::temp_dir().join(format!("orm-impostor-{}.sock", std::process::id()));
    let listener = tokio::net::UnixListener::bind(&path)?;
    let place = way(0, Some(&path));
    let stream = async { listener.accept().await.map(|(stream, _)| stream) };
    let said = Mutex::default();
    let answers = vec![greeting(), CLEARTEXT.to_vec(), vec![OK, 0, 0, 2, 0, 0, 0]];
    let met = meet_at(&place, stream, answers, &said).await;
    std::fs::remove_file(&path)?;
    assert!(met?.is_ok());
    let said = said.into_inner().unwrap_or_else(PoisonError::into_inner);
    assert_eq!(said.get(1).map(Vec::as_slice), Some(&b"secret\0"[..]));
    Ok(())
}

#[cfg(feature = "ed25519")]
#[tokio::test]
async fn are_not_computed_for_without_end() -> io::Result<()> {
    let parsec = [&[END][..], b"parsec\0", &[7; 32]].concat();
    for rounds in [9, 20, 255] {
        let salt = [&[b'P', rounds][..], &[7; 18]].concat();
        let error = refusal(&[&parsec, &salt]).await?;
        assert_eq!(error.map(|error| error.kind()), Some(orm_core::ErrorKind::ConnectionLost), "{rounds}");
    }
    Ok(())
}

#[tokio::test]
async fn have_keys_that_are_none() -> io::Result<()> {
    let error =
        refusal(&[&[1, 4], b"\x01-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"]).await?;
    assert!(error.is_some_and(|error| error.is_unsupported() && error.to_string().contains("RSA key")));
    Ok(())
}

#[tokio::test]
async fn greet_with_anything() -> io::Result<()> {
    let whole = greeting();
    for at in 0..whole.len() {
        meet(vec![whole[..at].to_vec()]).await?.err();
        for byte in [0, 1, 7, 20, 0x7F, 0x80, 0x87, 0xFF] {
            let mut broken = whole.clone();
            broken[at] = byte;
            meet(vec![broken]).await?.err();
        }
    }
    Ok(())
}

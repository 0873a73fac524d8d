//! Servers that are none, while one logs in: whatever they say, it is an error or a connection.

use std::io;
use std::time::Duration;

use orm_core::{Error, Result};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::answers::{END, OK};
use super::login::{Session, log_in};
use crate::place::Place;

/// What MySQL 9 greets with.
fn greeting() -> Vec<u8> {
    let mut greeting = b"\x0A9.7.0\0\x01\0\0\0nonce678\0\xFF\xFF\xFF\x02\0\xFF\xDF\x15".to_vec();
    greeting.extend([0; 10]);
    greeting.extend(b"and12more---\0caching_sha2_password\0");
    greeting
}

/// Logs in to a server that answers each packet with the next of these.
async fn meet(answers: Vec<Vec<u8>>) -> io::Result<Result<Session>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let place = Place {
        user: Some("me".to_owned()),
        password: Some("secret".to_owned()),
        host: "127.0.0.1".to_owned(),
        port: listener.local_addr()?.port(),
        socket: None,
        database: None,
        tls: None,
        compressed: false,
        connect_timeout: Duration::from_secs(10),
        read_timeout: None,
        write_timeout: None,
        program_name: None,
    };
    let serve = async {
        let (mut stream, _) = listener.accept().await?;
        let mut number = 0;
        for answer in answers {
            let mut packet = vec![answer.len() as u8, (answer.len() >> 8) as u8, 0, number];
            packet.extend(answer);
            stream.write_all(&packet).await?;
            let mut head = [0; 4];
            stream.read_exact(&mut head).await?;
            let mut said = vec![0; usize::from(head[0]) + (usize::from(head[1]) << 8)];
            stream.read_exact(&mut said).await?;
            number = head[3].wrapping_add(1);
        }
        Ok(())
    };
    let serve = async {
        let served: io::Result<()> = serve.await;
        // Hung up, or cut off.
        drop(served);
        std::future::pending().await
    };
    tokio::select! {
        met = log_in(&place) => Ok(met),
        never = serve => never,
    }
}

/// The error of a server that greets and then answers so.
async fn refusal(answers: &[&[u8]]) -> io::Result<Option<Error>> {
    let answers = std::iter::once(greeting()).chain(answers.iter().map(|answer| answer.to_vec()));
    Ok(meet(answers.collect()).await?.err())
}

#[tokio::test]
async fn let_one_in_or_not() -> io::Result<()> {
    assert!(refusal(&[&[OK, 0, 0, 2, 0, 0, 0]]).await?.is_none());
    // So often that the numbers of packets begin anew.
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

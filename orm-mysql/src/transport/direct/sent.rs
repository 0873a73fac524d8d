//! Tests of the bytes sent to the server.

use std::io;
use std::pin::pin;
use std::task::{Context, Waker};
use std::time::Duration;

use orm_core::syntax::Statement;
use orm_core::value::Datum;
use tokio::io::AsyncReadExt as _;
use tokio::net::UnixStream;

use super::hostile::over;
use super::{EXECUTE, Prepared, QUERY, QUIT, SEND_LONG_DATA, Transport};
use crate::timely::is_late;

/// Returns everything that arrives until the other end hangs up.
async fn all(mut server: UnixStream) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    server.read_to_end(&mut bytes).await?;
    Ok(bytes)
}

#[tokio::test]
async fn goodbye_is_the_last_word() -> io::Result<()> {
    let (server, client) = UnixStream::pair()?;
    drop(over(client));
    assert_eq!(all(server).await?, [1, 0, 0, 0, QUIT]);
    let (server, client) = UnixStream::pair()?;
    assert!(over(client).disconnect().await.is_ok());
    assert_eq!(all(server).await?, [1, 0, 0, 0, QUIT]);
    Ok(())
}

/// The server would take it for the end of the statement, and run that.
#[tokio::test]
async fn nothing_is_said_within_a_packet() -> io::Result<()> {
    let (server, client) = UnixStream::pair()?;
    let mut direct = over(client);
    let sql = "x".repeat(8 << 20);
    let waits = pin!(direct.query(&sql)).poll(&mut Context::from_waker(Waker::noop())).is_pending();
    assert!(waits && direct.is_lost());
    drop(direct);
    let sent = all(server).await?;
    assert_eq!(sent[4], QUERY);
    assert!(sent.len() < sql.len() && sent[5..].iter().all(|byte| *byte == b'x'));
    Ok(())
}

#[tokio::test]
async fn who_takes_nothing_is_waited_for_no_longer_than_told() -> io::Result<()> {
    let (server, client) = UnixStream::pair()?;
    let mut direct = over(client);
    direct.packets.limit(None, Some(Duration::from_millis(50)));
    // What fits the socket's buffer is sent, and the rest is not.
    assert!(direct.close(Prepared { id: 1, placeholders: 0 }).await.is_ok());
    let error = direct.query(&"x".repeat(8 << 20)).await.err();
    let error = error.map(|error| (error.is_connection_lost(), is_late(&error), error.to_string()));
    let said = "the server did not accept the sent data within 50ms (`write_timeout`)";
    assert_eq!(error, Some((true, true, said.to_owned())));
    assert!(direct.is_lost());
    drop(server);
    Ok(())
}

#[tokio::test]
async fn what_is_sent_is_not_waited_for_as_an_answer() -> io::Result<()> {
    let (server, client) = UnixStream::pair()?;
    let mut direct = over(client);
    direct.packets.limit(Some(Duration::from_millis(300)), None);
    // A server that takes longer to accept it than an answer may take.
    let taking = tokio::spawn(async move {
        let mut server = server;
        let mut part = vec![0; 2 << 20];
        for _ in 0..4 {
            tokio::time::sleep(Duration::from_millis(150)).await;
            server.read_exact(&mut part).await?;
        }
        Ok::<_, io::Error>(server)
    });
    let error = direct.query(&"x".repeat((8 << 20) - 5)).await.err();
    assert_eq!(
        error.map(|error| error.to_string()),
        Some("the server did not answer within 300ms (`read_timeout`)".to_owned())
    );
    // All of it had arrived by then.
    assert!(taking.await.map_err(io::Error::other)?.is_ok());
    Ok(())
}

#[tokio::test]
async fn as_many_values_as_there_can_be_go_one_by_one() -> io::Result<()> {
    let (mut server, client) = UnixStream::pair()?;
    let mut direct = over(client);
    let mut statement = Statement::new("", vec![Datum::Text("x".repeat(260).into()); 65_535]);
    // What cannot be written is refused before anything is sent.
    statement.params[65_534] = Datum::Date(chrono::NaiveDate::MAX);
    let prepared = Prepared { id: 7, placeholders: 65_535 };
    assert!(direct.execute(prepared, &mut statement, 64 << 20).await.is_err());
    statement.params[65_534] = Datum::Text("last".into());
    let last = [&[11, 0, 0, 0, SEND_LONG_DATA, 7, 0, 0, 0, 0xFE, 0xFF][..], b"last"].concat();
    let before = 65_534 * (4 + 7 + 260);
    let at = before + last.len();
    let execute = 4 + 10 + 65_535_usize.div_ceil(8) + 1 + 2 * 65_535;
    let server = tokio::spawn(async move {
        let mut sent = vec![0; at + execute];
        // There is no answer.
        server.read_exact(&mut sent).await.map(|_| sent)
    });
    assert!(direct.execute(prepared, &mut statement, 64 << 20).await.is_err());
    let sent = server.await.map_err(io::Error::other)??;
    assert_eq!(sent[..11], [11, 1, 0, 0, SEND_LONG_DATA, 7, 0, 0, 0, 0, 0]);
    assert_eq!((&sent[before..at], sent[at + 4]), (&last[..], EXECUTE));
    Ok(())
}

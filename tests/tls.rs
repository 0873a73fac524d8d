//! TLS connections, to servers with self-made certificates, which `cargo xtask test` generates.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "tests may")]

use std::path::{Path, PathBuf};

use mysql_async::prelude::Queryable as _;
use orm::prelude::*;
use orm::sql;

/// A server, its certificates, and a user for the test.
struct Server {
    admin: mysql_async::Conn,
    host_and_port: String,
    certificates: PathBuf,
    user: String,
}

impl Server {
    async fn meet(variable: &str, test: &str) -> Server {
        let Ok(url) = std::env::var(variable) else {
            panic!("this test needs the server whose URL is in {variable}: run `cargo xtask test`");
        };
        let mut admin = mysql_async::Conn::from_url(format!("{url}?prefer_socket=false")).await.unwrap();
        let authority: String = admin.query_first("SELECT @@ssl_ca").await.unwrap().unwrap();
        let certificates = Path::new(&authority).parent().unwrap().to_owned();
        assert!(
            certificates.join("other-ca.pem").exists(),
            "the server at {url} has none of the certificates that `cargo xtask test` makes"
        );
        let host_and_port = url.trim_end_matches('/').rsplit('@').next().unwrap().to_owned();
        // A user name has at most 32 characters.
        let user = format!("{test:.20}_{}", std::process::id());
        admin.query_drop(format!("DROP USER IF EXISTS {user}")).await.unwrap();
        Server { admin, host_and_port, certificates, user }
    }

    /// Creates the user, with this authentication or TLS requirement.
    async fn with_user(mut self, wants: &str) -> Self {
        self.admin.query_drop(format!("CREATE USER {} IDENTIFIED {wants}", self.user)).await.unwrap();
        self
    }

    /// Returns the URL with the host name, since the certificate is not for the address.
    fn url(&self, options: &str) -> String {
        let place = self.host_and_port.replace("127.0.0.1", "localhost");
        let transport =
            std::env::var("ORM_TEST_TRANSPORT").map(|name| format!("+{name}")).unwrap_or_default();
        format!("mysql{transport}://{}:secret@{place}/?{options}", self.user)
    }

    fn file(&self, name: &str) -> String {
        self.certificates.join(name).display().to_string()
    }

    async fn end(mut self) {
        self.admin.query_drop(format!("DROP USER {}", self.user)).await.unwrap();
    }
}

/// Returns the cipher of a connection; empty if it is not encrypted.
async fn cipher(url: &str) -> orm::Result<String> {
    let db = Database::open(url)?;
    let (_, cipher) = sql!("SHOW SESSION STATUS LIKE 'Ssl_cipher'").one::<(String, String)>(&db).await?;
    Ok(cipher)
}

async fn refused(url: &str) -> String {
    let error = cipher(url).await.unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    let text = format!("{error} {error:?}");
    assert!(!text.contains("secret"), "{text}");
    error.to_string()
}

macro_rules! on_both {
    ($(async fn $name:ident($server:ident: Server) $body:block)*) => { $(
        mod $name {
            use super::*;

            async fn check($server: Server) $body

            #[tokio::test]
            #[ignore = "needs a MariaDB server: `cargo xtask test` starts one"]
            async fn mariadb() {
                check(Server::meet("ORM_TEST_MARIADB", stringify!($name)).await).await;
            }

            #[tokio::test]
            #[ignore = "needs a MySQL server: `cargo xtask test` starts one"]
            async fn mysql() {
                check(Server::meet("ORM_TEST_MYSQL", stringify!($name)).await).await;
            }
        }
    )* };
}

on_both! {
    async fn is_used_if_it_is_asked_for(server: Server) {
        let server = server.with_user("BY 'secret'").await;
        assert_eq!(cipher(&server.url("")).await.unwrap(), "");
        assert_eq!(cipher(&server.url("ssl_mode=disabled")).await.unwrap(), "");
        // Without verifying the server.
        assert!(cipher(&server.url("ssl_mode=required")).await.unwrap().starts_with("TLS"));
        assert!(cipher(&server.url("ssl-mode=REQUIRED")).await.unwrap().starts_with("TLS"));
        server.end().await;
    }

    async fn trusts_the_right_authority_only(server: Server) {
        let server = server.with_user("BY 'secret'").await;
        let (right, wrong) = (server.file("ca.pem"), server.file("other-ca.pem"));
        assert!(cipher(&server.url(&format!("ssl_mode=verify_identity&ssl_ca={right}"))).await.is_ok());
        for untrusted in [format!("ssl_mode=verify_identity&ssl_ca={wrong}"), "ssl_mode=verify_identity".to_owned()] {
            let why = refused(&server.url(&untrusted)).await;
            assert!(why.contains("UnknownIssuer") && why.contains("localhost"), "{why}");
        }
        server.end().await;
    }

    async fn checks_the_host_if_it_is_asked_to(server: Server) {
        let server = server.with_user("BY 'secret'").await;
        let authority = server.file("ca.pem");
        let by_address = server.url(&format!("ssl_ca={authority}")).replace("localhost", "127.0.0.1");
        let why = refused(&format!("{by_address}&ssl_mode=verify_identity")).await;
        assert!(why.contains("not valid for name"), "{why}");
        assert!(cipher(&format!("{by_address}&ssl_mode=verify_identity&ssl_host=localhost")).await.is_ok());
        let why = refused(&format!("{by_address}&ssl_mode=verify_identity&ssl_host=db.example")).await;
        assert!(why.contains("not valid for name"), "{why}");
        server.end().await;
    }

    async fn shows_the_certificate_of_the_client(server: Server) {
        let server = server.with_user("BY 'secret' REQUIRE X509").await;
        let (certificate, key) = (server.file("client-cert.pem"), server.file("client-key.pem"));
        let authority = server.file("ca.pem");
        let with = format!("ssl_mode=verify_identity&ssl_ca={authority}&ssl_cert={certificate}&ssl_key={key}");
        assert!(cipher(&server.url(&with)).await.unwrap().starts_with("TLS"));
        for without in ["".to_owned(), "ssl_mode=required".to_owned(), format!("ssl_mode=verify_identity&ssl_ca={authority}")] {
            let why = refused(&server.url(&without)).await;
            assert!(why.contains("Access denied"), "{why}");
        }
        // The key of another certificate.
        let key = server.file("server-key.pem");
        refused(&server.url(&format!("ssl_mode=required&ssl_cert={certificate}&ssl_key={key}"))).await;
        server.end().await;
    }

    async fn is_for_abandoned_statements_too(server: Server) {
        let server = server.with_user("BY 'secret' REQUIRE SSL").await;
        let refusal = refused(&server.url("")).await;
        assert!(refusal.contains("requires TLS") && refusal.contains("`ssl_mode`"), "{refusal}");
        let db = Database::open(&server.url("ssl_mode=required&compression=true")).unwrap();
        let sleep = sql!("DO SLEEP(60)").execute(&db);
        assert!(tokio::time::timeout(std::time::Duration::from_millis(200), sleep).await.is_err());
        let mut admin = server;
        for _ in 0..100 {
            let running = format!("SELECT count(*) FROM information_schema.processlist WHERE user = '{}' AND info LIKE 'DO%'", admin.user);
            if admin.admin.query_first::<u64, _>(running).await.unwrap() == Some(0) {
                return admin.end().await;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        panic!("the statement was not ended");
    }
}

#[test]
fn files_are_looked_at_when_the_database_is_opened() {
    let error =
        Database::open("mysql://root@localhost/?ssl_mode=verify_identity&ssl_ca=/no/such.pem").unwrap_err();
    assert_eq!(
        error.to_string(),
        "the option `ssl_ca` is `/no/such.pem`, which cannot be read: No such file or directory (os error 2)"
    );
}

/// The password is sent as it is over an encrypted connection, and encrypted with the server's public key otherwise.
mod caching_sha2_password_works_with_and_without {
    use super::*;

    #[tokio::test]
    #[ignore = "needs a MySQL server: `cargo xtask test` starts one"]
    async fn mysql() {
        let mut server = Server::meet("ORM_TEST_MYSQL", "sha2")
            .await
            .with_user("WITH caching_sha2_password BY 'secret'")
            .await;
        for options in ["", "ssl_mode=required"] {
            // The server uses a shorter exchange for a user it has cached.
            server.admin.query_drop("FLUSH PRIVILEGES").await.unwrap();
            for _ in 0..2 {
                assert_eq!(cipher(&server.url(options)).await.unwrap().is_empty(), options.is_empty());
            }
            let wrong = server.url(options).replace("secret", "wrong");
            assert!(refused(&wrong).await.contains("Access denied"));
        }
        server.end().await;
    }
}

//! Servers that a test may do anything to.

use std::io::{BufRead as _, BufReader, Lines, Read as _, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Arc, Mutex};

use tokio::task::spawn_blocking;

use super::Fresh;

type Answers = Arc<Mutex<Lines<BufReader<ChildStdout>>>>;

/// A server of a test's own, which `cargo xtask servers` has started. It goes when this does: its input ends then,
/// however the test does.
pub struct OwnServer {
    url: String,
    xtask: Child,
    orders: ChildStdin,
    answers: Answers,
}

impl OwnServer {
    /// A server of `mariadb` or `mysql`, with options of its own.
    pub async fn start(backend: &str, options: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO"));
        command.args(["run", "--quiet", "--package", "xtask", "--", "servers", "--only", backend]);
        command.args(options.iter().flat_map(|option| ["--with", option]));
        // Those would be used instead.
        command.env_remove("ORM_TEST_MARIADB").env_remove("ORM_TEST_MYSQL");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut xtask = command.spawn().unwrap();
        let (orders, answers) = (xtask.stdin.take().unwrap(), xtask.stdout.take().unwrap());
        let answers = Arc::new(Mutex::new(BufReader::new(answers).lines()));
        let Some(setting) = answer(&answers).await else {
            let mut reason = String::new();
            xtask.stderr.take().unwrap().read_to_string(&mut reason).unwrap();
            panic!("this test needs a server of its own, which could not be started:\n{reason}");
        };
        let (_, url) = setting.split_once('=').unwrap();
        OwnServer { url: url.to_owned(), xtask, orders, answers }
    }

    /// A database on it.
    pub async fn fresh(&self) -> Fresh {
        Fresh::on(&self.url).await
    }

    /// Has it stand still.
    pub async fn pause(&mut self) {
        self.order("pause").await;
    }

    /// Has it go on.
    pub async fn resume(&mut self) {
        self.order("resume").await;
    }

    /// Ends it as a crash would.
    pub async fn kill(&mut self) {
        self.order("kill").await;
    }

    /// Starts it again after it was killed.
    pub async fn restart(&mut self) {
        self.order("start").await;
    }

    /// Ends it for good.
    pub async fn end(mut self) {
        drop(self.orders);
        let ended = spawn_blocking(move || self.xtask.wait()).await.unwrap();
        assert!(ended.unwrap().success());
    }

    async fn order(&mut self, order: &str) {
        writeln!(self.orders, "{order}").unwrap();
        assert_eq!(answer(&self.answers).await.as_deref(), Some("done"), "{order}");
    }
}

/// The next line, while the test's other tasks go on.
async fn answer(answers: &Answers) -> Option<String> {
    let answers = answers.clone();
    spawn_blocking(move || answers.lock().unwrap().next().transpose().unwrap()).await.unwrap()
}

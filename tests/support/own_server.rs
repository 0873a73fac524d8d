//! Servers that a test may do anything to.

use std::io::{BufRead as _, BufReader, Lines, Read as _, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Arc, Mutex};

use tokio::task::spawn_blocking;

use super::Fresh;

type Answers = Arc<Mutex<Lines<BufReader<ChildStdout>>>>;

/// A server for one test, started by `cargo xtask servers`. It ends with this value, which closes its input, however
/// the test ends.
pub struct OwnServer {
    url: String,
    xtask: Child,
    orders: ChildStdin,
    answers: Answers,
}

impl OwnServer {
    /// Starts a server of `mariadb` or `mysql`, with its own options.
    pub async fn start(backend: &str, options: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO"));
        command.args(["run", "--quiet", "--package", "xtask", "--", "servers", "--only", backend]);
        command.args(options.iter().flat_map(|option| ["--with", option]));
        // They would be used instead.
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

    /// Creates a database on it.
    pub async fn fresh(&self) -> Fresh {
        Fresh::on(&self.url).await
    }

    /// Suspends it.
    pub async fn pause(&mut self) {
        self.order("pause").await;
    }

    /// Resumes it.
    pub async fn resume(&mut self) {
        self.order("resume").await;
    }

    /// Kills it, as in a crash.
    pub async fn kill(&mut self) {
        self.order("kill").await;
    }

    /// Restarts it after it was killed.
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

/// Returns the next line, while the test's other tasks go on.
async fn answer(answers: &Answers) -> Option<String> {
    let answers = answers.clone();
    spawn_blocking(move || answers.lock().unwrap().next().transpose().unwrap()).await.unwrap()
}

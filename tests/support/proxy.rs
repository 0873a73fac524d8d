//! A proxy between the driver and a server, which can inject faults.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use orm::{Database, Open as _};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::{Fresh, Random};

/// A fault of a command or its answer.
#[derive(Debug, Clone, Copy)]
pub enum Fault {
    /// The server receives the command; the client gets the answer later.
    Delay(Duration),
    /// The client gets this many bytes of the answer, and then the connection is closed.
    Cut(usize),
    /// The server executes the command; the client gets no answer, and the connection is closed.
    Swallow,
    /// The server does not receive the command, and the connection is closed.
    Lose,
    /// Like `Lose`, but with a connection reset for the client.
    Reset,
    /// Nothing is passed on any more, and the connection stays open.
    Blackhole,
    /// The client gets an error for its statement, which the server does not receive.
    Refuse,
}

/// The plan of when a fault occurs.
enum Plan {
    Nothing,
    /// Without faults, recording the commands that are sent.
    Listen(Vec<String>),
    /// For the first command that contains these words.
    Once(&'static str, Fault),
    /// For the command after this many others.
    Behind(u64, Fault),
    /// The server rejects every statement that contains these words.
    Refuse(&'static str),
    /// For one in this many commands, at random.
    Randomly(Random, u64),
}

/// The simulated state of the server behind the proxy.
#[derive(Clone, Copy, PartialEq)]
enum Server {
    Up,
    /// As after SIGSTOP: connections are accepted, but nothing reads or answers.
    Paused,
    /// As after SIGKILL: connections are closed, including new ones.
    Down,
}

/// The answer for `Refuse`: error 1064, as the first packet after a command.
const REFUSED: &[u8] = b"\x17\0\0\x01\xff\x28\x04#42000not by a proxy";

/// COM_QUIT, which gets no answer, and may arrive late, when another connection is being tested.
const GOODBYE: &[u8] = &[1, 0, 0, 0, 1];

/// The capabilities that a proxy hides from the server's greeting.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hidden {
    /// That columns and rows need no packets to end them.
    pub short_ends: bool,
    /// All capabilities specific to MariaDB.
    pub mariadb: bool,
}

impl Hidden {
    /// Removes them from a greeting.
    fn hide(self, greeting: &mut [u8]) {
        // After the header, the version, and its terminator.
        let version = greeting[5..].iter().position(|byte| *byte == 0).unwrap();
        let id = 5 + version + 1;
        if self.short_ends {
            greeting[id + 19] &= !1;
        }
        if self.mariadb {
            greeting[id + 27..id + 31].fill(0);
        }
    }
}

/// A proxy in front of a test's server, which ends when dropped.
pub struct Proxy {
    url: String,
    plan: Arc<Mutex<Plan>>,
    server: watch::Sender<Server>,
    accepting: JoinHandle<()>,
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Proxy {
    pub async fn new(fresh: &Fresh) -> Self {
        Self::hiding(fresh, Hidden::default()).await
    }

    /// Starts a proxy that hides capabilities.
    pub async fn hiding(fresh: &Fresh, hidden: Hidden) -> Self {
        let (scheme_and_user, rest) = fresh.url.split_once('@').unwrap();
        let (server, name) = rest.split_once('/').unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("{scheme_and_user}@{}/{name}", listener.local_addr().unwrap());
        let plan = Arc::new(Mutex::new(Plan::Nothing));
        let (seems, seen) = watch::channel(Server::Up);
        let accepting = tokio::spawn(accept(listener, server.to_owned(), plan.clone(), seen, hidden));
        Proxy { url, plan, server: seems, accepting }
    }

    /// Returns the URL of the database through the proxy.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Opens the database through the proxy.
    pub fn open(&self, options: &str) -> Database {
        Database::open(&format!("{}?{options}", self.url)).unwrap()
    }

    /// Plans a fault for the first command that contains these words.
    pub fn once(&self, words: &'static str, fault: Fault) {
        *self.plan.lock().unwrap() = Plan::Once(words, fault);
    }

    /// Plans a fault for the command after this many others.
    pub fn behind(&self, commands: u64, fault: Fault) {
        *self.plan.lock().unwrap() = Plan::Behind(commands, fault);
    }

    /// Rejects all statements that contain these words, like a proxy that does not support them.
    pub fn refuse(&self, words: &'static str) {
        *self.plan.lock().unwrap() = Plan::Refuse(words);
    }

    /// Plans a random fault for one in this many commands.
    pub fn randomly(&self, seed: u64, one_in: u64) {
        *self.plan.lock().unwrap() = Plan::Randomly(Random::new(seed), one_in);
    }

    /// Starts recording commands.
    pub fn listen(&self) {
        *self.plan.lock().unwrap() = Plan::Listen(Vec::new());
    }

    /// Returns the recorded commands, each of which took its own round trip.
    pub fn heard(&self) -> Vec<String> {
        match &*self.plan.lock().unwrap() {
            Plan::Listen(commands) => commands.clone(),
            _ => Vec::new(),
        }
    }

    pub fn heal(&self) {
        *self.plan.lock().unwrap() = Plan::Nothing;
    }

    /// Makes the server appear to hang, until `up`.
    pub fn pause(&self) {
        self.server.send_replace(Server::Paused);
    }

    /// Makes the server appear to be down, until `up`.
    pub fn down(&self) {
        self.server.send_replace(Server::Down);
    }

    pub fn up(&self) {
        self.server.send_replace(Server::Up);
    }

    /// Returns whether a one-time fault has occurred.
    pub fn is_over(&self) -> bool {
        matches!(*self.plan.lock().unwrap(), Plan::Nothing)
    }
}

async fn accept(
    listener: TcpListener,
    server: String,
    plan: Arc<Mutex<Plan>>,
    mut seen: watch::Receiver<Server>,
    hidden: Hidden,
) {
    while let Ok((client, _)) = listener.accept().await {
        if *seen.borrow_and_update() == Server::Down {
            continue;
        }
        let Ok(server) = TcpStream::connect(&server).await else { continue };
        client.set_nodelay(true).unwrap();
        server.set_nodelay(true).unwrap();
        let (plan, seen) = (plan.clone(), seen.clone());
        tokio::spawn(async move {
            let mut down = seen.clone();
            tokio::select! {
                () = pass(client, server, plan, seen, hidden) => {}
                _ = down.wait_for(|server| *server == Server::Down) => {}
            }
        });
    }
}

/// Passes everything on, in both directions, until either side hangs up or a fault ends it.
async fn pass(
    mut client: TcpStream,
    mut server: TcpStream,
    plan: Arc<Mutex<Plan>>,
    mut seen: watch::Receiver<Server>,
    hidden: Hidden,
) {
    let mut greeted = false;
    let (mut commands, mut answers) = ([0; 16 * 1024], [0; 16 * 1024]);
    let mut fault = None;
    loop {
        tokio::select! {
            read = client.read(&mut commands) => {
                let Ok(length @ 1..) = read else { return };
                seen.wait_for(|server| *server == Server::Up).await.unwrap();
                let command = &commands[..length];
                // The answer to be cut was shorter.
                fault = fault.filter(|fault| !matches!(fault, Fault::Cut(_)));
                fault = fault.or_else(|| plan.lock().unwrap().what_happens_to(command));
                match fault {
                    Some(Fault::Lose) => return,
                    Some(Fault::Reset) => return client.set_zero_linger().unwrap(),
                    Some(Fault::Blackhole) => {}
                    Some(Fault::Refuse) => {
                        fault = None;
                        if client.write_all(REFUSED).await.is_err() { return }
                    }
                    _ => if server.write_all(command).await.is_err() { return },
                }
            }
            read = server.read(&mut answers) => {
                let Ok(length @ 1..) = read else { return };
                seen.wait_for(|server| *server == Server::Up).await.unwrap();
                if !std::mem::replace(&mut greeted, true) {
                    hidden.hide(&mut answers[..length]);
                }
                let mut answer = &answers[..length];
                match &mut fault {
                    Some(Fault::Swallow) => return,
                    Some(Fault::Blackhole) => continue,
                    Some(Fault::Delay(time)) => {
                        tokio::time::sleep(*time).await;
                        fault = None;
                    }
                    Some(Fault::Cut(left)) => {
                        answer = &answer[..length.min(*left)];
                        *left -= answer.len();
                    }
                    _ => {}
                }
                if client.write_all(answer).await.is_err() || matches!(fault, Some(Fault::Cut(0))) {
                    return;
                }
            }
        }
    }
}

fn contains(command: &[u8], words: &str) -> bool {
    command.windows(words.len().max(1)).any(|part| part.starts_with(words.as_bytes()))
}

/// Returns whether it is COM_QUERY or COM_STMT_PREPARE. Others contain numbers, such as statement ids, whose bytes may
/// match any text.
fn is_text(command: &[u8]) -> bool {
    matches!(command.get(4), Some(0x03 | 0x16))
}

impl Plan {
    fn what_happens_to(&mut self, command: &[u8]) -> Option<Fault> {
        match self {
            _ if command == GOODBYE => None,
            Plan::Nothing => None,
            Plan::Listen(commands) => {
                // Packets sent during the handshake are answers, with other sequence numbers.
                if command.get(3) == Some(&0) {
                    commands.push(String::from_utf8_lossy(&command[4..]).into_owned());
                }
                None
            }
            Plan::Refuse(words) => (is_text(command) && contains(command, words)).then_some(Fault::Refuse),
            Plan::Once(words, fault) => {
                let fault = *fault;
                contains(command, words).then(|| {
                    *self = Plan::Nothing;
                    fault
                })
            }
            Plan::Behind(0, fault) => {
                let fault = *fault;
                *self = Plan::Nothing;
                Some(fault)
            }
            Plan::Behind(left, _) => {
                *left -= 1;
                None
            }
            Plan::Randomly(random, one_in) => (random.below(*one_in) == 0).then(|| match random.below(6) {
                0 => Fault::Delay(Duration::from_millis(random.below(10))),
                1 => Fault::Cut(random.below(60) as usize),
                2 => Fault::Swallow,
                3 => Fault::Lose,
                4 => Fault::Reset,
                _ => Fault::Blackhole,
            }),
        }
    }
}

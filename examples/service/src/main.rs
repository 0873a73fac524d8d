//! The program: configuration, logging, databases, and the server, until it is told to stop.

use anyhow::Context as _;
use service::{AppState, Config, LogFormat, migrations};
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    // `cargo run -p service -- draft "add age"`
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => {}
        ["draft", name] => {
            migrations::draft(name)?.iter().for_each(|migration| println!("{migration}"));
            return Ok(());
        }
        _ => anyhow::bail!("expected no argument, which starts the service, or `draft \"what has changed\"`"),
    }
    let config = Config::load()?;
    start_logs(config.log);
    let listen = config.listen;
    let state = AppState::open(config)?;
    state.prepare().await.context("the tables cannot be made ready")?;

    let listener = TcpListener::bind(listen).await.with_context(|| format!("cannot listen on {listen}"))?;
    tracing::info!("listening on http://{}", listener.local_addr()?);
    // What has begun is finished; what comes after the signal finds nobody.
    axum::serve(listener, service::app(state.clone())).with_graceful_shutdown(stopped()).await?;
    state.db.close();
    tracing::info!("stopped");
    Ok(())
}

/// `RUST_LOG` sets the level: `RUST_LOG=info,orm=debug` shows every statement.
fn start_logs(format: LogFormat) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let logs = tracing_subscriber::fmt().with_env_filter(filter);
    match format {
        LogFormat::Text => logs.init(),
        LogFormat::Json => logs.json().init(),
    }
}

/// Completes when the service is told to stop: by Ctrl-C, or by a service manager.
async fn stopped() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        // Without it, Ctrl-C is left.
        return drop(tokio::signal::ctrl_c().await);
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}

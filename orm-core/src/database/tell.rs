//! `tracing` events, whose levels have to be constants.

/// Emits an event at level INFO if the database echoes, else at DEBUG.
macro_rules! tell {
    ($echo:expr, { $($field:tt)* }, $($message:tt)+) => {
        if $echo {
            tracing::event!(target: "orm", tracing::Level::INFO, { $($field)* }, $($message)+);
        } else {
            tracing::event!(target: "orm", tracing::Level::DEBUG, { $($field)* }, $($message)+);
        }
    };
}
pub(super) use tell;

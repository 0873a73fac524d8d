//! The runtime that a connection belongs to.

use tokio::runtime::{Handle, Id, RuntimeFlavor};
use tokio::task::AbortHandle;

/// The runtime in which a connection was opened, and whose driver tells it that an answer has arrived.
///
/// A connection of a runtime that has ended only returns errors. One of a current-thread runtime waits forever if it is used
/// in another runtime while nobody is in `block_on` of its own.
pub(super) struct OwnRuntime(Option<Runtime>);

struct Runtime {
    id: Id,
    /// Whether it runs only while a thread is in its `block_on`.
    single: bool,
    /// A task that does nothing until its runtime ends. An id alone may be that of a later runtime.
    task: AbortHandle,
}

impl OwnRuntime {
    /// Returns the current runtime.
    pub(super) fn current() -> Self {
        OwnRuntime(Handle::try_current().ok().map(|runtime| Runtime {
            id: runtime.id(),
            single: runtime.runtime_flavor() == RuntimeFlavor::CurrentThread,
            task: runtime.spawn(std::future::pending::<()>()).abort_handle(),
        }))
    }

    /// Returns whether nothing may drive the connection any more.
    pub(super) fn is_gone(&self) -> bool {
        let Some(Runtime { id, single, task }) = &self.0 else { return false };
        task.is_finished() || (*single && Handle::try_current().is_ok_and(|runtime| runtime.id() != *id))
    }
}

impl Drop for OwnRuntime {
    fn drop(&mut self) {
        if let Some(runtime) = &self.0 {
            runtime.task.abort();
        }
    }
}

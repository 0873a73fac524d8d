//! What `#[orm::test]` makes a test of.

use std::future::Future;

use crate::error::{Error, ErrorKind, Result};

/// The variable that names the database of tests.
const VARIABLE: &str = "TEST_DATABASE_URL";

/// The URL of the database that tests run on, if they name none.
pub fn url() -> Result<String> {
    std::env::var(VARIABLE).map_err(|error| {
        let message = format!(
            "the variable `{VARIABLE}` is not set: let it be the URL of a database for tests, or name one in the test, as \
             in `#[orm::test(url = \"sqlite::memory:\")]`"
        );
        Error::new(ErrorKind::Configuration, message).with_source(error)
    })
}

/// Runs a test on a runtime of its own.
pub fn block_on<F: Future>(test: F) -> Result<F::Output> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| {
        Error::new(ErrorKind::Configuration, "the runtime of the test cannot be started").with_source(error)
    })?;
    Ok(runtime.block_on(test))
}

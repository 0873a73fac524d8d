//! What `#[orm::test]` expands to.

use std::future::Future;

use crate::error::{Error, ErrorKind, Result};

/// The environment variable with the URL of the test database.
const VARIABLE: &str = "TEST_DATABASE_URL";

/// Returns the URL of the test database, or of the further one called `bind`, for tests that set none.
pub fn url(bind: Option<&str>) -> Result<String> {
    let variable = match bind {
        Some(bind) => format!("{VARIABLE}_{}", bind.to_uppercase()),
        None => VARIABLE.to_owned(),
    };
    std::env::var(&variable).map_err(|error| {
        let option = match bind {
            Some(bind) => format!("binds = (\"{bind}\" = \"sqlite::memory:\")"),
            None => "url = \"sqlite::memory:\"".to_owned(),
        };
        let message = format!(
            "the variable `{variable}` is not set: set it to the URL of a test database, or name one in the \
             test, as in `#[orm::test({option})]`"
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

#[cfg(test)]
mod tests {
    use super::url;

    #[test]
    fn a_variable_that_is_not_set_is_named_with_what_to_write() {
        let told = url(Some("nobody_sets_this")).map_err(|error| error.to_string());
        assert_eq!(
            told.as_ref().map_err(String::as_str),
            Err(
                "the variable `TEST_DATABASE_URL_NOBODY_SETS_THIS` is not set: set it to the URL of a test database, or \
             name one in the test, as in `#[orm::test(binds = (\"nobody_sets_this\" = \"sqlite::memory:\"))]`"
            )
        );
    }
}

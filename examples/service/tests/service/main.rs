//! The service as a client sees it, on SQLite; with `ORM_TEST_MARIADB` and `ORM_TEST_MYSQL`, on those servers, too.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what is wrong by failing"
)]

#[macro_use]
mod support;

mod accounts;
mod cursors;
mod forms;
mod limits;
mod load;
mod posts;
mod reports;
mod unit_of_work;

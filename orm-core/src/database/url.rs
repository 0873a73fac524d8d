//! Database URLs.

use percent_encoding::percent_decode_str;

use super::options::KNOWN;
use crate::driver::{Backend, Url};
use crate::error::{Error, ErrorKind, Result};

/// Options of other libraries' URLs, with the equivalent option, or why there is none.
const ELSEWHERE: &[(&str, &str)] = &[
    ("charset", "texts are always sent as utf8mb4"),
    ("characterEncoding", "texts are always sent as utf8mb4"),
    ("use_unicode", "texts are always sent as utf8mb4"),
    ("autocommit", "statements outside of a transaction are always committed immediately"),
    ("foreign_keys", "SQLite always checks them"),
    ("journal_mode", "SQLite always uses write-ahead logging (WAL) here"),
    ("pool_size", "max_connections"),
    ("max_overflow", "max_connections"),
    ("pool_max", "max_connections"),
    ("connection_limit", "max_connections"),
    ("pool_timeout", "wait_timeout"),
    ("acquire_timeout", "wait_timeout"),
    ("pool_recycle", "max_age"),
    ("max_lifetime", "max_age"),
    ("pool_pre_ping", "idle_check"),
    ("unix_socket", "socket"),
    ("username", "user"),
    ("passwd", "password"),
    ("pwd", "password"),
    ("init_command", "init"),
    ("stmt_cache_size", "statement_cache"),
    ("statement_cache_capacity", "statement_cache"),
    ("sslmode", "ssl_mode"),
    ("useSSL", "ssl_mode"),
    ("require_ssl", "ssl_mode"),
    ("timezone", "time_zone"),
    ("serverTimezone", "time_zone"),
    ("compress", "compression"),
    ("timeout", "busy_timeout"),
    ("isolation_level", "isolation"),
    ("transaction_isolation", "isolation"),
    ("tx_isolation", "isolation"),
];

/// How to fix a URL that may have been cut in the middle of its password.
pub(crate) const ENCODED: &str = "in a user name or password, `@`, `:`, `/`, `?`, `#` and `%` must be \
                                  percent-encoded (`@` is `%40`); `.user(..)` and `.password(..)` of the \
                                  builder take them unencoded";

/// Splits a URL, adds further options, which take precedence over its own, and finds its backend. Errors contain nothing of
/// the URL but its scheme and options, since the rest may contain a password.
pub(super) fn parse(
    text: &str,
    further: &[(String, String)],
    backends: &'static [&'static Backend],
) -> Result<(Url, &'static Backend)> {
    let Some((scheme, rest)) = text.split_once(':') else {
        return Err(wrong(format!(
            "a database URL starts with a scheme; known schemes: {}",
            schemes(backends)
        )));
    };
    let Some(backend) = backends.iter().find(|backend| backend.schemes.contains(&scheme)) else {
        return Err(wrong(format!("unknown URL scheme `{scheme}`; known schemes: {}", schemes(backends))));
    };
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    let cut = is_cut(rest, query)?;
    let mut options = pairs(query)?;
    let own = options.len();
    options.extend_from_slice(further);
    for (at, (name, _)) in options.iter_mut().enumerate() {
        // As the servers' own tools write them.
        *name = name.replace('-', "_");
        match check(name, backend) {
            Err(_) if cut && at < own => {
                return Err(wrong(format!("an option of the URL is unknown; {ENCODED}")));
            }
            checked => checked?,
        }
    }
    Ok((Url { scheme: scheme.to_owned(), rest: rest.to_owned(), options, passwords: None }, backend))
}

/// Whether the apparent options may be the rest of a password that was cut off at a question mark: then none of them is
/// shown. If they can be nothing else, that is an error.
fn is_cut(rest: &str, query: &str) -> Result<bool> {
    let Some(place) = rest.strip_prefix("//") else { return Ok(false) };
    let place = place.split('/').next().unwrap_or_default();
    match place.rsplit_once(':') {
        Some((host, port)) if query.contains('@') && !rest.contains('@') && !host.starts_with('[') => {
            if port.chars().all(|letter| letter.is_ascii_digit()) {
                return Ok(true);
            }
            Err(wrong(format!(
                "the URL cannot be parsed (there is an `@` after its question mark); {ENCODED}"
            )))
        }
        _ => Ok(false),
    }
}

/// Decodes the options in `a=1&b=2`.
pub(super) fn pairs(query: &str) -> Result<Vec<(String, String)>> {
    let mut options = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        options.push((decode(name)?, decode(value)?));
    }
    Ok(options)
}

fn check(name: &str, backend: &Backend) -> Result<()> {
    let known = || backend.options.iter().chain(KNOWN);
    if known().any(|option| option.name == name) {
        return Ok(());
    }
    if let Some((_, ours)) = ELSEWHERE.iter().find(|(theirs, _)| theirs.eq_ignore_ascii_case(name)) {
        if let Some(option) = known().find(|option| option.name == *ours) {
            return Err(wrong(format!(
                "unknown option `{name}`; it is called `{ours}` here: {}",
                option.help
            )));
        }
        if ours.contains(' ') {
            return Err(wrong(format!("unknown option `{name}`, which is not needed: {ours}")));
        }
    }
    let list: Vec<String> = known().map(|option| format!("`{}`: {}", option.name, option.help)).collect();
    Err(wrong(format!("unknown option `{name}`; known options: {}", list.join(", "))))
}

fn schemes(backends: &[&Backend]) -> String {
    let names: Vec<String> =
        backends.iter().flat_map(|backend| backend.schemes).map(|scheme| format!("`{scheme}:`")).collect();
    if names.is_empty() {
        return "none: enable the feature `sqlite` or `mysql`".to_owned();
    }
    names.join(", ")
}

fn decode(text: &str) -> Result<String> {
    let text = text.replace('+', " ");
    percent_decode_str(&text)
        .decode_utf8()
        .map(std::borrow::Cow::into_owned)
        .map_err(|_| wrong("the options of the URL are not UTF-8 after percent-decoding".to_owned()))
}

fn wrong(message: String) -> Error {
    Error::new(ErrorKind::Configuration, message)
}

//! Cursors for keyset pagination: the place where one slice of rows ended and the next begins.

mod encode;

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

use crate::error::{Error, ErrorKind, Result};
use crate::value::Datum;

/// The bytes of the MAC that are kept: 128 bits cannot be guessed.
const SEAL: usize = 16;

/// A position in the sorted rows of a query, for keyset pagination: the values of the sort keys at one row.
///
/// It fits only the query that it came from: the same tables and the same order; the filter may differ. To hand it to a
/// client, [`seal`](Cursor::seal) it: the client can read the values in the text, but not change them.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # use orm_core::query::{Cursor, CursorKey};
/// # fn main() { run(async |db| {
/// let key = CursorKey::new(b"a secret of this service, at least 32 bytes long");
/// let posts = Post::query().order_by(|p| p.title.asc());
/// let first = posts.clone().limit(1).after(None, db).await?;
/// assert_eq!(first.rows[0].title, "Draft");
///
/// let text: String = first.next.unwrap().seal(&key); // sent to the client, and back
/// let cursor = Cursor::open(&text, &key)?;
/// let second = posts.limit(1).after(Some(&cursor), db).await?;
/// assert_eq!(second.rows[0].title, "Hello");
/// assert!(second.next.is_none());
/// # Ok(()) }) }
/// ```
#[derive(Clone, PartialEq)]
pub struct Cursor {
    /// The fingerprint of the query that it belongs to.
    pub(super) query: u64,
    pub(super) values: Vec<Datum>,
}

impl fmt::Debug for Cursor {
    /// Leaves out the values, which may be personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cursor").field("values", &self.values.len()).finish_non_exhaustive()
    }
}

/// The secret that cursors are sealed with. Without it, nobody can make or change a cursor.
///
/// ```
/// # use orm_core::query::{Cursor, CursorKey};
/// let key = CursorKey::new(b"a secret of this service, at least 32 bytes long");
/// assert_eq!(format!("{key:?}"), "CursorKey(..)");
/// assert!(Cursor::open("made-up", &key).is_err());
/// ```
#[derive(Clone)]
pub struct CursorKey(Vec<u8>);

impl fmt::Debug for CursorKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CursorKey(..)")
    }
}

impl CursorKey {
    /// Makes a key from a secret of any length; 32 random bytes are best. All instances of a service need the same secret.
    ///
    /// ```
    /// use orm::CursorKey;
    /// let key = CursorKey::new(b"a secret of this service, at least 32 bytes long");
    /// assert_eq!(format!("{key:?}"), "CursorKey(..)"); // never in a log
    /// ```
    #[must_use]
    pub fn new(secret: &[u8]) -> Self {
        CursorKey(secret.to_vec())
    }

    /// HMAC-SHA256, which takes keys of any length: <https://www.rfc-editor.org/rfc/rfc2104>.
    fn mac(&self, bytes: &[u8]) -> Result<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).map_err(|_| refused("the key is of no use"))?;
        mac.update(bytes);
        Ok(mac)
    }
}

impl Cursor {
    /// Encodes the cursor as URL-safe text, authenticated with the key so that it cannot be changed or forged. It is not
    /// encrypted.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// # use orm_core::query::{Cursor, CursorKey};
    /// let key = CursorKey::new(b"a secret of this service, at least 32 bytes long");
    /// let slice = Post::query().order_by(|p| p.id.asc()).limit(1).after(None, db).await?;
    /// let text = slice.next.unwrap().seal(&key);
    /// assert!(Cursor::open(&text, &key).is_ok());
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn seal(&self, key: &CursorKey) -> String {
        let mut bytes = encode::write(self);
        // Does not fail, since a key of any length is accepted; [`open`](Self::open) would refuse a text without a MAC in
        // any case.
        if let Ok(mac) = key.mac(&bytes) {
            bytes.extend_from_slice(&mac.finalize().into_bytes()[..SEAL]);
        }
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Decodes a cursor that was sealed with [`seal`](Self::seal).
    ///
    /// ```
    /// use orm::{Cursor, CursorKey};
    /// let key = CursorKey::new(b"a secret of this service, at least 32 bytes long");
    /// assert!(Cursor::open("made-up", &key).unwrap_err().is_invalid_cursor());
    /// ```
    ///
    /// # Errors
    /// Kind [`InvalidCursor`](ErrorKind::InvalidCursor) if the text is not a cursor, was changed, or was sealed with another
    /// key.
    pub fn open(text: &str, key: &CursorKey) -> Result<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| refused("it is malformed"))?;
        let body = bytes.len().checked_sub(SEAL).ok_or_else(|| refused("it is too short"))?;
        let (body, seal) = bytes.split_at(body);
        key.mac(body)?.verify_truncated_left(seal).map_err(|_| {
            refused("its signature does not match: it was changed, or signed with another key")
        })?;
        encode::read(body).ok_or_else(|| refused("another version of this program may have written it"))
    }
}

#[cold]
pub(super) fn refused(why: &str) -> Error {
    Error::new(ErrorKind::InvalidCursor, format!("this cursor cannot be used: {why}"))
}

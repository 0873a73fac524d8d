//! Configurations from files, through serde.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};

use super::DatabaseConfig;

impl<'de> Deserialize<'de> for DatabaseConfig {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Keys)
    }
}

/// Reads `url`, `replicas` and `binds`, and all other keys as options.
struct Keys;

impl<'de> Visitor<'de> for Keys {
    type Value = DatabaseConfig;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a table with the `url` of a database, its options, and `binds` for additional databases")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<DatabaseConfig, A::Error> {
        let mut config = DatabaseConfig::default();
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "url" => config.url = Some(map.next_value()?),
                "replicas" => config.replicas = map.next_value()?,
                // Sorted by name, whatever their order in the file.
                "binds" => config.binds = map.next_value::<BTreeMap<_, _>>()?.into_iter().collect(),
                _ => {
                    let Plain(value) = map.next_value()?;
                    config.options.push((key, value));
                }
            }
        }
        match config.url {
            Some(_) => Ok(config),
            None => Err(A::Error::missing_field("url")),
        }
    }
}

/// The value of an option, as it would be written in a URL.
struct Plain(String);

impl<'de> Deserialize<'de> for Plain {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PlainVisitor)
    }
}

struct PlainVisitor;

impl Visitor<'_> for PlainVisitor {
    type Value = Plain;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string, an integer or a boolean")
    }

    fn visit_str<E>(self, value: &str) -> Result<Plain, E> {
        Ok(Plain(value.to_owned()))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Plain, E> {
        Ok(Plain(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Plain, E> {
        Ok(Plain(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Plain, E> {
        Ok(Plain(value.to_string()))
    }
}

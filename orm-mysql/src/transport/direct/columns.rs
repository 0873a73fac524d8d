//! The column definitions of a result set:
//! <https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_query_response_text_resultset_column_definition.html>.

use std::borrow::Cow;

use mysql_async::consts::ColumnType;

use super::reader::Reader;

/// The binary format of a column's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Int8,
    UInt8,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Float,
    Double,
    Date,
    Clock,
    Bytes,
}

/// The columns of a result set.
#[derive(Debug, Default, Clone)]
pub(super) struct Columns {
    pub(super) forms: Vec<Form>,
    /// Their names, concatenated, and the end of each.
    names: Vec<u8>,
    ends: Vec<usize>,
}

impl Columns {
    pub(super) fn clear(&mut self) {
        self.forms.clear();
        self.names.clear();
        self.ends.clear();
    }

    /// Copies others without allocating.
    pub(super) fn become_same_as(&mut self, others: &Columns) {
        self.forms.clone_from(&others.forms);
        self.names.clone_from(&others.names);
        self.ends.clone_from(&others.ends);
    }

    /// Adds the column that a packet describes.
    pub(super) fn add(&mut self, packet: &[u8]) -> Option<()> {
        let mut reader = Reader(packet);
        for _catalog_schema_table_and_its_own_name in 0..4 {
            reader.text()?;
        }
        let name = reader.text()?;
        let _own_name = reader.text()?;
        let [_length, _, _, _, _, _, _, ty, flags, _] = reader.array()?;
        self.forms.push(Form::of(ty, flags & UNSIGNED != 0)?);
        self.names.extend_from_slice(name);
        self.ends.push(self.names.len());
        Some(())
    }

    pub(super) fn name(&self, at: usize) -> Cow<'_, str> {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        String::from_utf8_lossy(&self.names[start..self.ends[at]])
    }
}

/// The flag of unsigned numbers.
const UNSIGNED: u8 = 0x20;

impl Form {
    fn of(ty: u8, unsigned: bool) -> Option<Self> {
        use ColumnType::*;

        Some(match (ColumnType::try_from(ty).ok()?, unsigned) {
            (MYSQL_TYPE_TINY, false) => Form::Int8,
            (MYSQL_TYPE_TINY, true) => Form::UInt8,
            (MYSQL_TYPE_SHORT | MYSQL_TYPE_YEAR, false) => Form::Int16,
            (MYSQL_TYPE_SHORT | MYSQL_TYPE_YEAR, true) => Form::UInt16,
            (MYSQL_TYPE_LONG | MYSQL_TYPE_INT24, false) => Form::Int32,
            (MYSQL_TYPE_LONG | MYSQL_TYPE_INT24, true) => Form::UInt32,
            (MYSQL_TYPE_LONGLONG, false) => Form::Int64,
            (MYSQL_TYPE_LONGLONG, true) => Form::UInt64,
            (MYSQL_TYPE_FLOAT, _) => Form::Float,
            (MYSQL_TYPE_DOUBLE, _) => Form::Double,
            (MYSQL_TYPE_DATE | MYSQL_TYPE_DATETIME | MYSQL_TYPE_TIMESTAMP, _) => Form::Date,
            (MYSQL_TYPE_TIME, _) => Form::Clock,
            _ => Form::Bytes,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns a column definition as a server sends it.
    fn described(name: &str, ty: u8, flags: u8) -> Vec<u8> {
        let mut packet = b"\x03def\x01s\x01t\x01t".to_vec();
        for name in [name, "own"] {
            packet.push(u8::try_from(name.len()).unwrap_or(0));
            packet.extend(name.as_bytes());
        }
        packet.extend([0x0C, 45, 0, 11, 0, 0, 0, ty, flags, 0, 0, 0, 0]);
        packet
    }

    #[test]
    fn have_names_and_forms() {
        let mut columns = Columns::default();
        for packet in [described("id", 8, 0x23), described("größe", 4, 0), described("n", 253, 0)] {
            assert_eq!(columns.add(&packet), Some(()));
        }
        assert_eq!(columns.forms, [Form::UInt64, Form::Float, Form::Bytes]);
        assert_eq!([columns.name(0), columns.name(1), columns.name(2)], ["id", "größe", "n"]);
        let mut others = Columns::default();
        others.become_same_as(&columns);
        assert_eq!(others.name(2), "n");
    }

    #[test]
    fn that_are_cut_off_are_none() {
        let packet = described("id", 8, 0);
        assert_eq!(Columns::default().add(&packet[..packet.len() - 5]), None);
    }
}

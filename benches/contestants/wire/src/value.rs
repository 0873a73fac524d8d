//! Bind parameters.

/// A value.
#[derive(Clone, Copy)]
pub(crate) enum Value<'a> {
    Number(u64),
    Text(&'a str),
    Null,
}

impl Value<'_> {
    /// Returns its type: unsigned `LONGLONG`, `VAR_STRING`, or `NULL`.
    fn tag(&self) -> [u8; 2] {
        match self {
            Value::Number(_) => [0x08, 0x80],
            Value::Text(_) => [0xFD, 0],
            Value::Null => [0x06, 0],
        }
    }

    fn write(&self, packet: &mut Vec<u8>) {
        match self {
            Value::Number(number) => packet.extend(number.to_le_bytes()),
            Value::Text(text) => {
                // Three bytes of length, which suffice for anything that fits in a packet, even if fewer would do.
                packet.push(0xFD);
                packet.extend(&text.len().to_le_bytes()[..3]);
                packet.extend(text.as_bytes());
            }
            Value::Null => {}
        }
    }
}

/// Writes values as a statement's execution takes them: the NULL bitmap, the flag that types follow, the types, and the
/// values.
pub(crate) fn write(packet: &mut Vec<u8>, values: &[Value<'_>]) {
    if values.is_empty() {
        return;
    }
    for eight in values.chunks(8) {
        let nulls = eight.iter().rev().map(|value| u8::from(matches!(value, Value::Null)));
        packet.push(nulls.fold(0, |byte, null| byte << 1 | null));
    }
    packet.push(1);
    packet.extend(values.iter().flat_map(Value::tag));
    values.iter().for_each(|value| value.write(packet));
}

//! Formats numbers for reading.

/// Formats a time with three digits and a unit.
pub(super) fn time(seconds: f64) -> String {
    let micros = seconds * 1e6;
    match micros {
        ..1.0 => format!("{:.0} ns", micros * 1e3),
        ..10.0 => format!("{micros:.2} µs"),
        ..100.0 => format!("{micros:.1} µs"),
        ..1_000.0 => format!("{micros:.0} µs"),
        ..10_000.0 => format!("{:.2} ms", micros / 1e3),
        ..100_000.0 => format!("{:.1} ms", micros / 1e3),
        _ => format!("{:.0} ms", micros / 1e3),
    }
}

/// Formats a ratio.
pub(super) fn ratio(ratio: f64) -> String {
    match ratio {
        ..10.0 => format!("{ratio:.2}"),
        ..100.0 => format!("{ratio:.1}"),
        _ => format!("{ratio:.0}"),
    }
}

/// Formats an amount of memory.
pub(super) fn memory(bytes: u64) -> String {
    format!("{:.1} MiB", bytes as f64 / f64::from(1 << 20))
}

/// Formats a count.
pub(super) fn count(things: f64) -> String {
    match things {
        ..1e3 => format!("{things:.0}"),
        ..1e6 => format!("{:.1} k", things / 1e3),
        _ => format!("{:.1} M", things / 1e6),
    }
}

/// Returns the first sentence of a message, which may be long.
pub(super) fn sentence(message: &str) -> &str {
    let line = message.lines().next().unwrap_or_default();
    let end = [". ", "; "].iter().filter_map(|end| line.find(end)).min();
    &line[..end.unwrap_or(line.len())]
}

#[cfg(test)]
mod tests {
    use super::{count, memory, ratio, sentence, time};

    #[test]
    fn a_sentence_ends_with_its_line_if_not_before() {
        let messages = ["no table; look", "1.5 is no key\nlook", "no table.", "It is gone. Look", ""];
        let read = ["no table", "1.5 is no key", "no table.", "It is gone", ""];
        assert_eq!(messages.map(sentence), read);
    }

    #[test]
    fn numbers_have_about_three_digits() {
        let times = [1.23e-7, 1.234e-6, 1.234e-5, 1.234e-4, 1.234e-3, 1.234e-2, 1.234];
        let read = ["123 ns", "1.23 µs", "12.3 µs", "123 µs", "1.23 ms", "12.3 ms", "1234 ms"];
        assert_eq!(times.map(time), read);
        assert_eq!([0.954, 12.34, 123.4].map(ratio), ["0.95", "12.3", "123"]);
        assert_eq!(memory(3 << 19), "1.5 MiB");
        assert_eq!([123.4, 12_340.0, 1.234e7].map(count), ["123", "12.3 k", "12.3 M"]);
    }
}

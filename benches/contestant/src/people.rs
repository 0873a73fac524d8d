//! Users to insert.

/// A user to insert.
#[derive(Debug, Clone)]
pub struct Person {
    /// The name.
    pub name: String,
    /// The hair color, if known.
    pub hair_color: Option<String>,
}

/// Returns this many people, the same ones each time.
pub fn people(count: usize) -> Vec<Person> {
    (0..count).map(person).collect()
}

/// Returns one of them; one in three has no hair color.
pub(crate) fn person(number: usize) -> Person {
    let colors = ["black", "brown", "red", "blond"];
    Person {
        name: format!("User number {number}"),
        hair_color: (!number.is_multiple_of(3)).then(|| colors[number % colors.len()].to_owned()),
    }
}

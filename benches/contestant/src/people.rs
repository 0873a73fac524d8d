//! Users who are not in a table yet.

/// Such a user.
#[derive(Debug, Clone)]
pub struct Person {
    /// The name.
    pub name: String,
    /// The color of the hair, if there is something to say of it.
    pub hair_color: Option<String>,
}

/// So many people, the same ones each time.
pub fn people(count: usize) -> Vec<Person> {
    (0..count).map(person).collect()
}

/// One of them; one in three says nothing of their hair.
pub(crate) fn person(number: usize) -> Person {
    let colors = ["black", "brown", "red", "blond"];
    Person {
        name: format!("User number {number}"),
        hair_color: (!number.is_multiple_of(3)).then(|| colors[number % colors.len()].to_owned()),
    }
}

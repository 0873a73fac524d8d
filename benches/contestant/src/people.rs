//! Users who are not in a table yet.

/// Such a user.
#[derive(Debug, Clone)]
pub struct Person {
    /// The name.
    pub name: String,
    /// The color of the hair, if there is something to say of it.
    pub hair_color: Option<String>,
}

/// So many people, the same ones each time; one in three says nothing of their hair.
pub fn people(count: usize) -> Vec<Person> {
    let colors = ["black", "brown", "red", "blond"];
    (0..count)
        .map(|number| Person {
            name: format!("User number {number}"),
            hair_color: (number % 3 > 0).then(|| colors[number % colors.len()].to_owned()),
        })
        .collect()
}

// There is no folder of this name when the program is compiled.
use orm_migrate::{Migrations, migrations};

pub fn case() -> orm::Result<Migrations> {
    migrations!("migartions")
    // right: Migrations::read("migrations")
}

fn main() {}

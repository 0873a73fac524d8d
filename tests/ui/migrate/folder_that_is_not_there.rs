// The folder of the migrations does not exist.
use orm_migrate::{Migrations, migrations};

pub fn case() -> orm::Result<Migrations> {
    migrations!("migartions")
    // right: Migrations::read("migrations")
}

fn main() {}

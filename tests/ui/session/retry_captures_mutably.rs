// A closure that may be retried cannot change what it captures.
use orm::prelude::*;

pub struct Log(Vec<String>);

impl Log {
    fn add(&mut self, line: &str) {
        self.0.push(line.to_owned());
    }
}

pub async fn case(db: &Database, mut log: Log) -> orm::Result<()> {
    let work = async |_: &mut Transaction| {
        log.add("again");
        Ok(())
    };
    db.transaction().retry(3).run(work).await
    // right: db.transaction().run(work).await
}

fn main() {}

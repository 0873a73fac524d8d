//! Random sessions whose own statements change tracked rows: after a rollback, only what the program has set in rows is pending,
//! not what its statements have done; and what a query tracks is what the transaction sees.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use orm::prelude::*;
use orm::value::Datum;

use super::{cases, seed};
use crate::support::Random;

#[derive(Model)]
#[orm(table = "triples")]
struct Triple {
    #[orm(primary_key)]
    id: u32,
    a: i64,
    b: i64,
    c: i64,
}

const ROWS: u32 = 3;

/// The values of each row.
type Values = BTreeMap<u32, [i64; 3]>;

/// What the program has set, by row and column.
type Edits = BTreeMap<(u32, usize), i64>;

struct Run {
    random: Random,
    rows: BTreeMap<u32, Handle<Triple>>,
    committed: Values,
    /// What the transaction sees, without pending edits.
    seen: Values,
    pending: Edits,
    /// All edits that are not committed, flushed or not.
    edits: Edits,
    last: i64,
    log: String,
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}pending {:?}, edits {:?}", self.log, self.pending, self.edits)
    }
}

impl Run {
    fn note(&mut self, what: &str) {
        writeln!(self.log, "{what}").unwrap();
    }

    /// A random row and column, and a value that no other one has.
    fn cell(&mut self) -> (u32, usize, i64) {
        self.last += 1;
        (self.random.between(1, i64::from(ROWS)) as u32, self.random.below(3), self.last)
    }

    fn is_flushed(&mut self) {
        for ((row, column), value) in std::mem::take(&mut self.pending) {
            self.seen.get_mut(&row).unwrap()[column] = value;
        }
    }

    fn edit(&mut self, tx: &mut Transaction) {
        let (id, column, value) = self.cell();
        self.note(&format!("set {id}.{column} to {value}"));
        let Triple { a, b, c, .. } = &mut tx[self.rows[&id]];
        *[a, b, c][column] = value;
        self.pending.insert((id, column), value);
        self.edits.insert((id, column), value);
    }

    async fn update(&mut self, mut tx: &mut Transaction) -> orm::Result<()> {
        let (id, column, value) = self.cell();
        self.note(&format!("a statement sets {id}.{column} to {value}"));
        let row = Triple::update();
        let row = match column {
            0 => row.set(|t| t.a.to(value)),
            1 => row.set(|t| t.b.to(value)),
            _ => row.set(|t| t.c.to(value)),
        };
        row.filter(|t| t.id.eq(id)).execute(&mut tx).await?;
        self.is_flushed();
        self.seen.get_mut(&id).unwrap()[column] = value;
        Ok(())
    }

    async fn read(&mut self, tx: &mut Transaction) -> orm::Result<()> {
        let (id, how, _) = self.cell();
        self.note(&format!("read {id}, or all ({how})"));
        match how {
            0 => drop(Triple::query().track(tx).await?),
            1 => drop(tx.get::<Triple>(id).for_update().await?),
            _ => {
                tx.flush().await?;
                tx.refresh(self.rows[&id]).await?;
            }
        }
        self.is_flushed();
        for (&other, &row) in self.rows.iter().filter(|(other, _)| how == 0 || **other == id) {
            let Triple { a, b, c, .. } = tx[row];
            assert_eq!([a, b, c], self.seen[&other], "{self}");
        }
        Ok(())
    }

    async fn step(&mut self, tx: &mut Transaction) -> orm::Result<()> {
        match self.random.below(6) {
            0 | 1 => self.edit(tx),
            2 => {
                self.note("flush");
                tx.flush().await?;
                self.is_flushed();
            }
            3 => self.update(tx).await?,
            _ => self.read(tx).await?,
        }
        Ok(())
    }

    async fn savepoint(&mut self, s: &mut Session) -> orm::Result<()> {
        self.note("savepoint");
        let mut savepoint = s.begin_savepoint().await?;
        self.is_flushed();
        let before = (self.seen.clone(), self.edits.clone());
        for _ in 0..self.random.below(4) {
            self.step(&mut savepoint).await?;
        }
        if self.random.once_in(2) {
            self.note("release");
            savepoint.release().await?;
            self.is_flushed();
        } else {
            self.note("undo");
            savepoint.rollback().await?;
            (self.seen, self.edits) = before;
            self.pending.clear();
        }
        Ok(())
    }

    async fn transaction(&mut self, s: &mut Session) -> orm::Result<()> {
        self.seen = self.committed.clone();
        self.pending = self.edits.clone();
        for _ in 0..self.random.between(2, 9) {
            match self.random.once_in(6) {
                true => self.savepoint(s).await?,
                false => self.step(s).await?,
            }
        }
        if self.random.once_in(2) {
            self.note("rollback");
            return s.rollback().await;
        }
        self.note("commit");
        s.commit().await?;
        self.is_flushed();
        self.committed = self.seen.clone();
        self.edits.clear();
        Ok(())
    }

    /// The pending changes are the edits, and no others.
    fn check(&self, s: &Session) {
        let mut pending = Edits::new();
        for row in s.changes().updated {
            let id = self.rows.iter().find(|(id, _)| row.key == [Datum::Int(i64::from(**id))]);
            for (column, field) in ["a", "b", "c"].into_iter().enumerate() {
                if let Some(Datum::Int(value)) = row.after(field) {
                    pending.insert((*id.expect("it has its key").0, column), *value);
                }
            }
        }
        assert_eq!(pending, self.edits, "{self}");
    }
}

on_every_backend! {
    async fn send_no_change_of_a_statement_that_was_rolled_back(db: Database) {
        db.create_tables::<Triple>().await?;
        let zero = (1..=ROWS).map(|id| Triple { id, a: 0, b: 0, c: 0 });
        Triple::insert_all(zero).execute(db).await?;
        let mut s = db.session();
        let rows = Triple::query().track(&mut s).await?;
        s.commit().await?;
        let rows = rows.into_iter().map(|row| (s[row].id, row)).collect();
        let committed: Values = (1..=ROWS).map(|id| (id, [0; 3])).collect();
        let mut run = Run {
            random: Random::new(seed()),
            rows,
            seen: committed.clone(),
            committed,
            pending: Edits::new(),
            edits: Edits::new(),
            last: 0,
            log: String::new(),
        };
        for _ in 0..cases(200) {
            run.log = format!("edits {:?}\n", run.edits);
            if let Err(error) = run.transaction(&mut s).await {
                // A row that was read after a statement that was rolled back.
                assert!(error.is_stale(), "{error:?}\n{run}");
                s.rollback().await?;
                for &row in run.rows.values() {
                    s.refresh(row).discard_changes().await?;
                }
                s.commit().await?;
                run.edits.clear();
            }
            run.check(&s);
            let stored = Triple::query().all(db).await?;
            let stored: Values = stored.into_iter().map(|row| (row.id, [row.a, row.b, row.c])).collect();
            assert_eq!(stored, run.committed, "{run}");
        }
    }
}

//! Employees.

use std::collections::HashMap;
use std::iter::successors;

use orm::prelude::*;

use super::models::*;
use super::{Answer, money, name};

/// All employees in one statement; the chains are followed in Rust.
pub(super) async fn chains_of_managers(db: &Database) -> orm::Result<Answer> {
    let employees = Employee::query().order_by(|e| e.id.asc()).all(db).await?;
    let by_id: HashMap<u32, &Employee> = employees.iter().map(|employee| (employee.id, employee)).collect();
    let manager = |employee: &&Employee| by_id.get(&employee.reports_to?).copied();
    let rows = employees.iter().map(|employee| {
        // A cycle would never end.
        let chain = successors(manager(&employee), manager).take(employees.len());
        let chain: Vec<String> = chain.map(|m| name(&m.first_name, &m.last_name)).collect();
        [name(&employee.first_name, &employee.last_name), employee.title.clone(), chain.join(", then ")]
    });
    Ok(Answer::new("To whom does everyone report?", ["employee", "title", "reports to"]).rows(rows))
}

/// Outer joins: employees without customers are included, with no sum.
pub(super) async fn as_support(db: &Database) -> orm::Result<Answer> {
    let rows = Employee::query()
        .left_join(|e| e.customers())
        .left_join(|(_, customer)| customer.invoices())
        .group_by(|(e, ..)| e)
        .order_by(|g| (g.sum(|(.., i)| i.total).desc(), g.key.id.asc()))
        .select(|g| {
            let customers = g.count_distinct(|(_, c, _)| c.id);
            let invoices = g.count_of(|(.., i)| i.id);
            (g.key, customers, invoices, g.sum(|(.., i)| i.total), g.avg(|(.., i)| i.total))
        })
        .all(db)
        .await?;
    let rows = rows.into_iter().map(|(employee, customers, invoices, sum, average)| {
        let name = name(&employee.first_name, &employee.last_name);
        [name, customers.to_string(), invoices.to_string(), money(sum), money(average)]
    });
    let columns = ["employee", "customers", "invoices", "revenue", "average invoice"];
    Ok(Answer::new("Whose customers spend most?", columns).rows(rows))
}

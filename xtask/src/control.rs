//! Controls running servers, to test how programs handle the failure of a server.

use std::io;

use anyhow::{Result, bail};

use crate::servers::{Fleet, Launched};

/// Applies each line of the input to all servers, and answers each with a line.
pub(crate) fn run(fleet: &mut Fleet) -> Result<()> {
    for line in io::stdin().lines() {
        match obey(fleet, line?.trim()) {
            Ok(()) => println!("done"),
            Err(reason) => println!("error: {reason:#}"),
        }
    }
    Ok(())
}

fn obey(fleet: &mut Fleet, order: &str) -> Result<()> {
    let act = match order {
        "pause" => |server: &mut Launched| server.pause(),
        "resume" => |server: &mut Launched| server.resume(),
        "kill" => Launched::kill,
        "start" => Launched::start,
        _ => bail!("there is no `{order}`: write pause, resume, kill or start"),
    };
    fleet.servers.iter_mut().try_for_each(|server| act(server.launched()?))
}

#[cfg(test)]
mod tests {
    use super::{Fleet, obey};

    #[test]
    fn other_orders_are_named() {
        let mistake = |order| obey(&mut Fleet::default(), order).map_err(|error| error.to_string());
        assert_eq!(mistake("kill"), Ok(()));
        assert!(mistake("stop").is_err_and(|text| text.contains("`stop`")));
    }
}

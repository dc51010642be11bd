//! Databases for one test, made and dropped on a PostgreSQL server. Release builds lack this.

use diesel::PgConnection;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use super::Fault;

/// Makes an empty database called `name` on the server of `url`; gives the address of the new one.
///
/// # Errors
/// The server is not reachable, or its role may not create databases.
pub fn create(url: &str, name: &str) -> Result<String, Fault> {
    run(url, &format!("CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0"))?;
    let (server, query) = url.split_once('?').map_or((url, None), |(server, query)| (server, Some(query)));
    let Some((host, _)) = server.rsplit_once('/') else {
        return Err(Fault::Setup(format!("{url} names no database")));
    };
    Ok(query.map_or_else(|| format!("{host}/{name}"), |query| format!("{host}/{name}?{query}")))
}

/// Drops a database that [`create`] made, with whatever is still connected to it.
pub fn drop(url: &str, name: &str) -> Result<(), Fault> {
    run(url, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
}

fn run(url: &str, statement: &str) -> Result<(), Fault> {
    let mut server = PgConnection::establish(url).map_err(|e| Fault::Setup(e.to_string()))?;
    server.batch_execute(statement).map_err(Fault::from)
}

//! The log: one line an event on standard error. What goes into it is for operators; personal
//! data and secrets never do.

use tracing_subscriber::EnvFilter;

/// Starts the log. `filter` as in `info,nongquan=debug`; a second call changes nothing.
pub fn start(filter: &str) {
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}

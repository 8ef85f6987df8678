//! The log: to stderr, so that stdout stays for answers. LAUREL_LOG filters it, LAUREL_LOG_FORMAT=json is for machines.

use super::config::variable;
use std::io::IsTerminal;
use tracing_subscriber::EnvFilter;

/// `usual` counts where LAUREL_LOG says nothing.
pub(super) fn start(usual: &str) {
    let filter = variable("LAUREL_LOG").unwrap_or_else(|| usual.to_owned());
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second start, in a test, is no fault.
    let _started = if variable("LAUREL_LOG_FORMAT").as_deref() == Some("json") {
        log.json().try_init()
    } else {
        log.with_ansi(std::io::stderr().is_terminal()).try_init()
    };
}

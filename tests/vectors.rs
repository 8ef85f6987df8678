//! The published test data, kept outside the project. A test that needs it says plainly when it is not there.

use std::path::PathBuf;

/// A file of the published data; none, with a line that says so, when the data is not on this machine.
pub fn vector(name: &str) -> Option<Vec<u8>> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/vectors");
    let folder = std::env::var_os("LAUREL_VECTORS").map_or_else(|| PathBuf::from(beside), PathBuf::from);
    if !folder.is_dir() {
        println!("SKIPPED: the published data is not on this machine (wanted {name})");
        return None;
    }
    Some(std::fs::read(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}")))
}

//! Work that follows a write: an enum and a runner over a table.

//! Where the records are: one file a table family, SQL only here; db.rs is the only file that knows two engines.

//! The canonical form against the published tests and against other software.

mod badges;
mod nquads;
mod oracle;
mod rdfc;
mod terms;
mod to_rdf;

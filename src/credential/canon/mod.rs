//! A document's canonical form: JSON-LD 1.1 read strictly into RDF, then RDFC-1.0. What it signs is what the document says:
//! a document is either canonicalised exactly or refused, with the term or construct named that RDF would not hold. Contexts
//! are the bundled ones and those standing in the document; nothing is fetched.

mod dataset;
mod error;
mod expand;
mod jcs;
mod literal;
mod maps;
mod ndegree;
mod node;
mod rdfc;

use serde_json::Value;

use super::context::Library;
pub use dataset::{Dataset, Node, Quad};
pub use error::{CanonError, Cause};
pub use rdfc::{Canonical, HashAlgorithm};

/// The canonical N-Quads of a document, as eddsa-rdfc-2022 transforms it (VC Data Integrity EdDSA §3.2.3).
pub fn canonicalize(document: &Value) -> Result<String, CanonError> {
    Ok(to_rdf(document, Library::bundled(), None)?.canonicalize(HashAlgorithm::Sha256)?.nquads)
}

/// A document in the canonical form of JSON (RFC 8785), as eddsa-jcs-2022 transforms it (VC Data Integrity EdDSA §3.3.3).
pub fn canonical_json(document: &Value) -> String {
    let mut written = String::new();
    jcs::write(document, &mut written);
    written
}

/// The RDF of a JSON-LD document (JSON-LD 1.1 API §8.1), read strictly: relative references are resolved against `base`, or
/// refused where there is none.
pub fn to_rdf(document: &Value, library: &Library, base: Option<&str>) -> Result<Dataset, CanonError> {
    expand::Expander::new(library, base).document(document)
}

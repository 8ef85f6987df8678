//! Open Badges 2.0, 2.1 and 1.x: badges that prove themselves by the address they stand at, or by a JSON Web Signature.
//!
//! A hosted badge is its issuer's word only at its own address: it is read there, the copy shown must not say anything else, and the
//! issuer's own profile, read at the issuer's address, must let badges stand where this one does. What the report repeats is what was read
//! there, never the copy. A signed badge must be signed by a key that its issuer's profile lists; before the signature holds, nothing is
//! read but that key and what is needed to find it. Each step is asked for once and leads to the next, so loops in documents end by
//! themselves: at most four rounds. Only https addresses are read.
//!
//! Terms are read by their plain names, and the names of 1.x are first written as 2.0 writes them.

mod assertion;
mod claims;
mod copy;
mod date;
mod form;
mod hosted;
mod identity;
mod jws;
mod key;
mod lookup;
mod md5;
mod parts;
mod report;
mod revocation;
mod scope;
mod signed;
mod spki;
mod version;

pub(super) use report::{judge, needs};

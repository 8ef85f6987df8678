//! The standard, pure: Open Badges 3.0 on VC 2.0, JSON-LD, RDFC-1.0, Data Integrity, JOSE, did, status lists, baking and the judge. No IO, no clock.

pub mod bake;
pub mod bundle;
pub mod canon;
pub mod clr;
pub mod context;
pub mod data_model;
pub mod date;
pub mod did;
pub mod document;
pub mod ecdsa;
pub mod endorsement;
pub mod jose;
pub mod json;
pub mod key;
pub mod key_proof;
pub mod profile;
pub mod proof;
mod proof_options;
mod related_resource;
pub mod schema;
pub mod status;
pub mod summary;
pub mod verify;
pub mod verifying_key;

//! Where the records are: one file a table family, SQL only here; db.rs is the only file that knows two engines.
//!
//! Every function is `async fn name(conn: &mut Conn, …) -> Result<_, StoreError>`: reads take a `Conn` of either kind, writes one
//! from `Db::write`, which the caller commits. Nothing here reads a clock or makes an id: both come in.

pub mod api_credentials;
pub mod appeals;
pub mod awaiting;
pub mod award_jwts;
pub mod awards;
pub mod backpack;
pub mod certificate_looks;
pub mod check_ins;
mod columns;
pub mod committees;
pub mod conflicts;
pub mod db;
pub mod decisions;
pub mod drafts;
pub mod due_scores;
pub mod endorsements;
pub mod enrolments;
pub mod erasing;
pub mod events;
pub mod evidence;
mod filtered;
pub mod frameworks;
pub mod fulfilments;
pub mod idempotency;
pub mod images;
pub mod issuers;
pub mod jobs;
pub mod keys;
pub mod letter_choices;
pub mod levels;
pub mod lineages;
pub mod mails;
pub mod oauth;
pub mod oidc_sign_ins;
pub mod panels;
pub mod passkeys;
pub mod people;
pub mod personal_endorsements;
pub mod presentations;
pub mod profile_additions;
pub mod programs;
pub mod proposals;
pub mod renewals;
pub mod roles;
pub mod samples;
pub mod scores;
pub mod sessions;
pub mod settings;
pub mod shown;
pub mod sign_in_links;
pub mod status_lists;
pub mod stray_objects;
pub mod submissions;
pub mod suspensions;
pub mod takeout;
pub mod teams;
pub mod tokens;
pub mod trusted_issuers;
pub mod wallets;
pub mod webhook_deliveries;
pub mod webhooks;

pub use db::{Conn, Db, StoreError};

//! The store, each test once on SQLite and once on PostgreSQL.

mod awards;
mod backpack;
mod committees;
mod connections;
mod directory;
mod endorsements;
mod erasing;
mod families;
mod oauth;
mod oidc_sign_ins;
mod passkeys;
mod path;
mod personal_endorsements;
mod plans;
mod presentations;
mod sessions;
mod status_lists;
mod versions;
mod wallets;
mod webhooks;

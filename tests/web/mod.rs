//! What the site serves: every form of every resource, who may see what, and that nothing breaks it.

mod admin;
mod awaiting;
mod backpack;
mod badges;
mod badges_in_bulk;
mod connections;
mod designer;
mod documents;
mod erasing;
mod ids;
mod limits;
mod odd_requests;
mod own_badges;
mod panels;
mod passkeys;
mod privacy;
mod record;
mod renewals;
mod rights;
mod sharing;
mod shown_by_others;
mod sign_in_links;
mod signing_in;
mod statements;

mod suspensions;
mod takeout;
mod team;
mod verification;
mod vouching;
mod webhooks;

use reqwest::Response;

/// A header of an answer, empty when it is not there.
fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

/// The id of a lineage, from its address.
fn lineage(certification_url: &str) -> &str {
    certification_url.rsplit('/').next().unwrap()
}

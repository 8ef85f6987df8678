//! Translation only: requests into reads and actions, results into pages and documents.

mod account;
pub mod achievements;
mod admin;
pub mod api;
mod apps;
mod assess;
pub mod assets;
pub mod auth;
mod backpack;
pub mod badges;
mod badges_in_bulk;
pub mod body;
pub mod caching;
mod calibration;
pub mod card;
pub mod certificate;
mod certificate_look;
pub mod certifications;
pub mod client;
mod conflicts;
pub mod connections;
pub mod copy;
pub mod dates;
mod decisions;
pub mod demo;
mod designer;
pub mod did;
mod drafts;
mod embed;
mod endorsements;
mod erasing;
pub mod error;
mod feed;
pub mod files;
pub mod finish;
pub mod format;
pub mod frame;
mod given;
mod govern;
pub mod headers;
pub mod images;
pub mod issuers;
pub mod keys;
pub mod lettering;
mod letters;
pub mod limits;
pub mod markdown;
mod oauth;
mod oidc;
mod open_badges;
mod own_badges;
pub mod pace;
mod panels;
mod passkeys;
mod path;
pub mod picture;
pub mod pictures;
pub mod platforms;
mod present;
pub mod programs;
pub mod qr;
mod record;
mod renewals;
pub mod router;
mod run;
pub mod scim;
mod sent_parts;
pub mod server;
pub mod session;
pub mod show;
mod sign_in;
mod sign_in_links;
pub mod status;
mod streamed;
mod suspensions;
mod table;
pub mod takeout;
mod team;
pub mod text;
pub mod typefaces;
pub mod vc_api;
pub mod verify;
mod versions;
pub mod view;
mod vouching;
pub mod wall;
mod wallet;
mod webhooks;

pub use server::serve;

use crate::actions::App;
use std::sync::Arc;

/// What every handler works with: the service, and what the web keeps of it in memory.
pub struct Web {
    pub app: Arc<App>,
    pub pictures: pictures::Pictures,
    /// What cards and certificates are set in.
    pub faces: Arc<typefaces::Typefaces>,
    /// Who was led on to another platform and is to come back.
    pub waiting: platforms::Waiting,
    /// What every client still may ask.
    pub clients: limits::Clients,
}

impl Web {
    pub fn new(app: Arc<App>) -> Self {
        let clients = limits::Clients::new(&app.config.limits);
        // The configuration takes no file that is no font.
        let faces = typefaces::Typefaces::with(&app.config.fonts.0);
        let faces = faces.unwrap_or_else(|_| typefaces::Typefaces::bundled());
        let waiting = platforms::Waiting::default();
        Web { app, pictures: pictures::Pictures::default(), faces, waiting, clients }
    }
}

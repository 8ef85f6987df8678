//! A badge is to be shown from a wallet: the button that asks, the request, or why there is none any more.

use askama::Template;
use jiff::Timestamp;

use super::Site;
use crate::{actions::present::MINUTES, web::qr::Qr};

#[derive(Template)]
#[template(path = "present.html")]
pub struct PresentPage {
    pub site: Site,
    pub step: PresentStep,
}

pub enum PresentStep {
    Start {
        /// Whether there is a key to sign the request with.
        possible: bool,
    },
    Waiting {
        /// `openid4vp://…`.
        link: String,
        qr: Option<Qr>,
        /// This page's own address.
        again: String,
        until: Timestamp,
    },
    Declined,
    Ended,
}

//! A badge on its way into its holder's wallet, and the transaction code on a page of its own.

use askama::Template;
use jiff::Timestamp;

use super::{Site, Standing};
use crate::{actions::wallet::Told, web::qr::Qr};

#[derive(Template)]
#[template(path = "wallet.html")]
pub struct WalletPage {
    pub site: Site,
    pub id: String,
    /// “Software Craft: Professional”.
    pub title: String,
    pub image_url: String,
    pub standing: Standing,
    pub step: WalletStep,
}

pub enum WalletStep {
    /// Whether it may go there now, and what was given before, newest first.
    Start {
        may: bool,
        given: Vec<WalletCopy>,
    },
    Offer(WalletOffer),
}

pub struct WalletOffer {
    /// `openid-credential-offer://…`.
    pub link: String,
    pub qr: Option<Qr>,
    /// The pre-authorised code, by which the transaction code is asked for.
    pub code: String,
    pub minutes: i64,
    pub until: Timestamp,
}

pub struct WalletCopy {
    pub at: Timestamp,
    /// `ldp_vc`.
    pub format: &'static str,
    /// The DID of the wallet's key.
    pub holder: String,
}

impl WalletCopy {
    /// Enough of the DID to know it by.
    fn short_holder(&self) -> String {
        let short: String = self.holder.chars().take(28).collect();
        if short.len() < self.holder.len() { format!("{short}…") } else { short }
    }
}

#[derive(Template)]
#[template(path = "wallet_code.html")]
pub struct WalletCode {
    pub site: Site,
    /// None when the offer is not open any more.
    pub told: Option<Told>,
}

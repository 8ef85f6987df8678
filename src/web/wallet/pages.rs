//! `/me/badges/{id}/wallet`: one's own badge into a wallet. The offer and the transaction code stand on two pages, never on one; each
//! is made when a form asks for it, and shown once.

use super::GRANT;
use crate::{
    actions::wallet::{self, Offered, Shown},
    domain::wallet::{CODE_DIGITS, OFFER_MINUTES, WalletCredential},
    web::{
        Web,
        error::Failure,
        frame::Reader,
        qr::Qr,
        session::{Me, Sent},
        show,
        sign_in::Nothing,
        view::{WalletCode, WalletCopy, WalletOffer, WalletPage, WalletStep},
    },
};
use axum::{
    extract::{Path, State},
    http::request::Parts,
    response::Response,
};
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;

pub async fn show(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    me: Me,
    reader: Reader,
) -> Result<Response, Failure> {
    let Shown { badge, given, may } = wallet::show(&web.app, &me.actor(), &id).await?;
    let page = WalletPage {
        title: show::title(&badge),
        image_url: show::image_url(&badge.level.content.image),
        standing: show::standing(&badge, reader.now),
        step: WalletStep::Start { may, given: given.into_iter().map(copy).collect() },
        site: reader.site.clone(),
        id,
    };
    reader.page(&page, false)
}

/// `POST /me/badges/{id}/wallet`: opens an offer and shows it.
pub async fn offer(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    parts: Parts,
    Sent { me, .. }: Sent<Nothing>,
) -> Result<Response, Failure> {
    let offered = wallet::offer(&web.app, &me.actor(), &id).await?;
    let reader = Reader::open(&web, &parts).await?;
    let link = link(&web.app.config.base_url, &offered);
    let page = WalletPage {
        title: show::title(&offered.badge),
        image_url: show::image_url(&offered.badge.level.content.image),
        standing: show::standing(&offered.badge, reader.now),
        step: WalletStep::Offer(WalletOffer {
            qr: Qr::of(&link),
            link,
            code: offered.code,
            minutes: OFFER_MINUTES,
            until: offered.expires_at,
        }),
        site: reader.site.clone(),
        id,
    };
    reader.page(&page, false)
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    code: String,
}

/// `POST /me/wallet/code`: the transaction code of an open offer, which the form names by its code.
pub async fn transaction_code(
    State(web): State<Arc<Web>>,
    parts: Parts,
    Sent { me, form }: Sent<Asked>,
) -> Result<Response, Failure> {
    let told = wallet::transaction_code(&web.app, &me.actor(), &form.code).await?;
    let reader = Reader::open(&web, &parts).await?;
    let page = WalletCode { site: reader.site.clone(), told };
    reader.page(&page, false)
}

/// The offer by value (OpenID4VCI 1.0, section 4.1): so it is kept nowhere but in the wallet that reads it.
fn link(base_url: &str, offered: &Offered) -> String {
    let configurations: Vec<&str> = offered.formats.iter().map(|format| format.configuration()).collect();
    let offer = json!({
        "credential_issuer": base_url,
        "credential_configuration_ids": configurations,
        "grants": {GRANT: {"pre-authorized_code": offered.code, "tx_code": {"length": CODE_DIGITS}}},
    });
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("credential_offer", &offer.to_string())
        .finish();
    format!("openid-credential-offer://?{query}")
}

fn copy(given: WalletCredential) -> WalletCopy {
    WalletCopy { at: given.issued_at, format: given.format.as_str(), holder: given.holder }
}

//! Badges into wallets (OpenID4VCI 1.0), as a wallet's program goes about it.

mod issuing;
mod presenting;
mod refused;

use crate::cast::{BASE_URL, Browser, Site, form};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use laurel::credential::key::SecretKey;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

const GRANT: &str = "urn:ietf:params:oauth:grant-type:pre-authorized_code";

/// Opens an offer on the page, and answers what a wallet reads out of its link.
async fn offer(holder: &Browser<'_>, award: &str) -> Value {
    let answer = holder.send(&format!("/me/badges/{award}/wallet"), &[]).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.headers()["cache-control"], "private, no-store");
    let page = answer.text().await.unwrap();
    let (_, rest) = page.split_once("href=\"openid-credential-offer://?").expect("a link");
    let query = rest.split('"').next().unwrap().replace("&amp;", "&");
    let (name, offer) = url::form_urlencoded::parse(query.as_bytes()).next().unwrap();
    assert_eq!(name, "credential_offer");
    assert!(page.contains("<svg viewBox"), "the same as a QR code");
    serde_json::from_str(&offer).unwrap()
}

fn code(offer: &Value) -> String {
    offer["grants"][GRANT]["pre-authorized_code"].as_str().unwrap().to_owned()
}

/// The page with the transaction code.
async fn code_page(holder: &Browser<'_>, code: &str) -> String {
    let answer = holder.send("/me/wallet/code", &[("code", code)]).await;
    assert_eq!(answer.status(), StatusCode::OK);
    answer.text().await.unwrap()
}

async fn tx_code(holder: &Browser<'_>, code: &str) -> String {
    let page = code_page(holder, code).await;
    assert!(!page.contains(code), "the two are never on one page");
    page.split_once("<output>").unwrap().1.split('<').next().unwrap().to_owned()
}

/// Asks for a token with these parameters.
async fn ask_token(site: &Site, fields: &[(&str, &str)]) -> (StatusCode, Value) {
    let answer = form(site.request(Method::POST, "/wallet/token"), fields).send().await.unwrap();
    assert_eq!(answer.headers()["cache-control"], "private, no-store");
    (answer.status(), answer.json().await.unwrap())
}

async fn redeem(site: &Site, code: &str, tx_code: &str) -> (StatusCode, Value) {
    ask_token(site, &[("grant_type", GRANT), ("pre-authorized_code", code), ("tx_code", tx_code)]).await
}

/// A token for a badge of this holder, by the whole way.
async fn token(site: &Site, holder: &Browser<'_>, award: &str) -> String {
    let code = code(&offer(holder, award).await);
    let (status, body) = redeem(site, &code, &tx_code(holder, &code).await).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    assert_eq!((&body["token_type"], &body["expires_in"]), (&json!("Bearer"), &json!(300)));
    body["access_token"].as_str().unwrap().to_owned()
}

async fn nonce(site: &Site) -> String {
    let answer = site.request(Method::POST, "/wallet/nonce").send().await.unwrap();
    assert_eq!(answer.headers()["cache-control"], "private, no-store");
    let body: Value = answer.json().await.unwrap();
    body["c_nonce"].as_str().unwrap().to_owned()
}

async fn ask_credential(site: &Site, token: &str, body: &Value) -> (StatusCode, Value) {
    let request = site.request(Method::POST, "/wallet/credential").bearer_auth(token).json(body);
    let answer = request.send().await.unwrap();
    (answer.status(), answer.json().await.unwrap())
}

fn request(configuration: &str, proof: &str) -> Value {
    json!({"credential_configuration_id": configuration, "proofs": {"jwt": [proof]}})
}

/// A wallet with one key.
struct Wallet(SecretKey);

impl Wallet {
    fn new(seed: u8) -> Self {
        Wallet(SecretKey::from_seed(&[seed; 32]))
    }

    fn did(&self) -> String {
        format!("did:key:{}", self.0.public().to_multibase())
    }

    /// A proof for this site, made at its time.
    fn proof(&self, site: &Site, nonce: &str) -> String {
        self.signed(&json!({"aud": BASE_URL, "iat": site.app.clock.now().as_second(), "nonce": nonce}))
    }

    fn signed(&self, claims: &Value) -> String {
        let kid = format!("{0}#{1}", self.did(), self.0.public().to_multibase());
        let header = json!({"typ": "openid4vci-proof+jwt", "alg": "EdDSA", "kid": kid});
        let encoded = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
        let text = format!("{}.{}", encoded(&header), encoded(claims));
        format!("{text}.{}", BASE64_URL_SAFE_NO_PAD.encode(self.0.sign(text.as_bytes())))
    }

    /// A credential by a token, with a fresh nonce.
    async fn take(&self, site: &Site, token: &str, configuration: &str) -> (StatusCode, Value) {
        let proof = self.proof(site, &nonce(site).await);
        ask_credential(site, token, &request(configuration, &proof)).await
    }
}

//! What a wallet is told and given, and what becomes of it.

use super::{Wallet, code, offer, token};
use crate::cast::{ADA, BAO, BASE_URL, PROFESSIONAL, Site};
use laurel::{
    actions::{
        self, keys,
        revoke::revoke,
        suspend::{resume, suspend},
    },
    credential::verify::{CheckName, Outcome, Report, Verdict},
    domain::{actor::Actor, wallet::Format},
    outside::vault::Purpose,
    store::{events, wallets},
};
use serde_json::{Value, json};

#[tokio::test]
async fn a_badge_is_given_in_both_forms_made_out_to_the_wallets_key_and_says_all_that_it_said() {
    let site = Site::open().await;
    let award = site.award(ADA, PROFESSIONAL, "link").await.id;
    let ada = site.signed_in(ADA).await;
    let (wallet, token) = (Wallet::new(1), token(&site, &ada, &award).await);
    let (status, body) = wallet.take(&site, &token, "badge_ldp_vc").await;
    assert_eq!(status, 200, "{body}");
    let copy = body["credentials"][0]["credential"].clone();
    let (status, body) = wallet.take(&site, &token, "badge_jwt_vc_json").await;
    assert_eq!(status, 200, "{body}");
    let jwt = body["credentials"][0]["credential"].as_str().unwrap().to_owned();

    let mut badge: Value = site.get(&format!("/badges/{award}.json")).await.json().await.unwrap();
    badge["credentialSubject"]["id"] = json!(wallet.did());
    let without_proof = |mut document: Value| {
        document.as_object_mut().unwrap().shift_remove("proof").unwrap();
        document
    };
    assert_eq!(without_proof(copy.clone()), without_proof(badge));

    for document in [copy.to_string(), jwt] {
        let report = judged(&site, &document).await;
        assert_eq!(report.verdict, Verdict::Valid, "{:?}", report.checks);
        let claims = report.claims.unwrap();
        assert_eq!(claims.subject_id, Some(wallet.did()));
        assert_eq!(claims.credential_id, format!("{BASE_URL}/badges/{award}"));
        // Whoever checks it here is led to the badge's page.
        let page = verified_page(&site, &document).await;
        assert!(page.contains(&format!("/badges/{award}\"")), "{page}");
    }
    let mut conn = site.app.db.read().await.unwrap();
    let given = wallets::of_award(&mut conn, &award, 10).await.unwrap();
    assert_eq!(given.iter().map(|given| given.holder.as_str()).collect::<Vec<_>>(), [wallet.did(), wallet.did()]);
    let happened = events::of_subject(&mut conn, &award).await.unwrap();
    let given: Vec<_> = happened.iter().filter(|event| event.verb == "wallet.given").collect();
    assert_eq!(given.iter().map(|event| &event.detail["format"]).collect::<Vec<_>>(), ["ldp_vc", "jwt_vc_json"]);
    assert!(given.iter().all(|event| event.actor == format!("person:{}", ada.person_id)));
    let page = ada.page(&format!("/me/badges/{award}/wallet")).await;
    assert!(page.contains("Given to wallets") && page.contains("jwt_vc_json · did:key:z6Mk"), "{page}");
}

#[tokio::test]
async fn what_was_given_is_revoked_with_the_badge() {
    let site = Site::open().await;
    let award = site.award(ADA, PROFESSIONAL, "link").await.id;
    let ada = site.signed_in(ADA).await;
    let (wallet, token) = (Wallet::new(1), token(&site, &ada, &award).await);
    let mut copies = Vec::new();
    for configuration in ["badge_ldp_vc", "badge_jwt_vc_json"] {
        let (_, body) = wallet.take(&site, &token, configuration).await;
        let copy = &body["credentials"][0]["credential"];
        copies.push(copy.as_str().map_or_else(|| copy.to_string(), str::to_owned));
    }
    let said = async |code: &str| {
        for copy in &copies {
            let report = judged(&site, copy).await;
            assert_eq!(report.verdict, Verdict::Invalid);
            let status = report.check(CheckName::Status).unwrap();
            assert_eq!((status.outcome, status.code.as_str()), (Outcome::Failed, code));
        }
    };
    suspend(&site.app, &Actor::Operator, &award, "Looked at again.").await.unwrap();
    said("suspended").await;
    // The holder takes it along anew: what was given before is of a version that was taken back.
    resume(&site.app, &Actor::Operator, &award).await.unwrap();
    said("revoked").await;
    revoke(&site.app, &Actor::Operator, &award, "By mistake.").await.unwrap();
    said("revoked").await;
}

#[tokio::test]
async fn what_wallets_read_first_names_the_forms_that_there_are_and_where_to_ask() {
    let site = Site::open().await;
    let document: Value = site.get("/.well-known/openid-credential-issuer").await.json().await.unwrap();
    assert_eq!(document["credential_issuer"], BASE_URL);
    for format in Format::ALL {
        let known = &document["credential_configurations_supported"][format.configuration()];
        assert_eq!(known["format"], format.as_str());
        assert_eq!(known["cryptographic_binding_methods_supported"], json!(["did:key", "did:jwk"]));
    }
    let server = document["authorization_servers"][0].as_str().unwrap();
    let name = server.strip_prefix(BASE_URL).unwrap();
    let answer = site.get(&format!("/.well-known/oauth-authorization-server{name}")).await;
    assert_eq!(answer.headers()["access-control-allow-origin"], "*");
    let metadata: Value = answer.json().await.unwrap();
    assert_eq!(metadata["issuer"], server);
    assert_eq!(metadata["token_endpoint"], format!("{BASE_URL}/wallet/token"));

    let key = keys::list(&site.app, &Actor::Operator).await.unwrap();
    let key = key.into_iter().find(|key| key.purpose == Purpose::Jwt.as_str()).unwrap();
    keys::retire(&site.app, &Actor::Operator, &key.fragment, false).await.unwrap();
    let document: Value = site.get("/.well-known/openid-credential-issuer").await.json().await.unwrap();
    let known = document["credential_configurations_supported"].as_object().unwrap();
    assert_eq!(known.keys().collect::<Vec<_>>(), ["badge_ldp_vc"]);
    let award = site.award(BAO, PROFESSIONAL, "link").await.id;
    let bao = site.signed_in(BAO).await;
    assert_eq!(offer(&bao, &award).await["credential_configuration_ids"], json!(["badge_ldp_vc"]));
    let token = token(&site, &bao, &award).await;
    let (_, refused) = Wallet::new(1).take(&site, &token, "badge_jwt_vc_json").await;
    assert_eq!(refused["error"], "unknown_credential_configuration");
    assert_eq!(Wallet::new(1).take(&site, &token, "badge_ldp_vc").await.0, 200);
}

#[tokio::test]
async fn an_offer_names_the_issuer_and_asks_for_six_digits() {
    let site = Site::open().await;
    let award = site.award(ADA, PROFESSIONAL, "private").await.id;
    let ada = site.signed_in(ADA).await;
    let offer = offer(&ada, &award).await;
    assert_eq!(offer["credential_issuer"], BASE_URL);
    assert_eq!(offer["credential_configuration_ids"], json!(["badge_ldp_vc", "badge_jwt_vc_json"]));
    assert_eq!(offer["grants"][super::GRANT]["tx_code"], json!({"length": 6}));
    let code = code(&offer);
    assert_eq!(code.len(), 26, "130 bits");
    let digits = super::tx_code(&ada, &code).await;
    assert!(digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_digit()), "{digits}");
    assert!(ada.page("/me/badges").await.contains(&format!("/me/badges/{award}/wallet")));
}

async fn judged(site: &Site, document: &str) -> Report {
    actions::verify::verify(&site.app, document.as_bytes(), None).await.unwrap().report
}

async fn verified_page(site: &Site, document: &str) -> String {
    let body = format!("--cut\r\ncontent-disposition: form-data; name=\"text\"\r\n\r\n{document}\r\n--cut--\r\n");
    let request = site.request(reqwest::Method::POST, "/verify").header("accept", "text/html");
    let request = request.header("content-type", "multipart/form-data; boundary=cut").body(body);
    request.send().await.unwrap().text().await.unwrap()
}

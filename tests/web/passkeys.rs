//! Passkeys: made after a fresh sign-in, shown to sign in, and refused whatever is wrong with an answer. The authenticator is one of the
//! test's own, with a key pair of its own.

use super::header;
use crate::cast::{ADA, BAO, BASE_URL, Browser, Cast, Site, form};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use laurel::{
    actions::roles,
    domain::{
        actor::{Actor, Grant, Role},
        directory::Entry,
        recipient::Person,
    },
    store::{events, mails, passkeys, people},
};
use reqwest::{Response, StatusCode};
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair},
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const PRESENT: u8 = 0b0000_0001;
const VERIFIED: u8 = 0b0000_0100;
const WITH_KEY: u8 = 0b0100_0000;

/// A device that holds one passkey, and does as it is told.
struct Authenticator {
    id: Vec<u8>,
    pair: EcdsaKeyPair,
    handle: String,
    counter: u32,
    flags: u8,
    origin: String,
    party: String,
}

impl Authenticator {
    fn new() -> Self {
        let random = SystemRandom::new();
        let algorithm = &ECDSA_P256_SHA256_ASN1_SIGNING;
        let written = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(algorithm, written.as_ref(), &random).unwrap();
        let id = Sha256::digest(pair.public_key().as_ref()).to_vec();
        Authenticator {
            id,
            pair,
            handle: String::new(),
            counter: 1,
            flags: PRESENT | VERIFIED,
            origin: BASE_URL.into(),
            party: "badges.acme.example".into(),
        }
    }

    /// `RegistrationResponseJSON`.
    fn make(&mut self, asked: &Value) -> String {
        self.handle = asked["user"]["id"].as_str().unwrap().to_owned();
        let mut data = self.data(WITH_KEY);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
        data.extend(&self.id);
        let point = self.pair.public_key().as_ref();
        // COSE: an EC2 key for ES256 on P-256.
        data.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        data.extend(&point[1..33]);
        data.extend([0x22, 0x58, 0x20]);
        data.extend(&point[33..]);
        let mut object = vec![0xa3, 0x63];
        object.extend(b"fmt\x64none\x67attStmt\xa0\x68authData\x58");
        object.push(u8::try_from(data.len()).unwrap());
        object.extend(data);
        let response = json!({
            "clientDataJSON": self.client("webauthn.create", asked), "attestationObject": base64(&object),
            "transports": ["internal"],
        });
        self.answer(response)
    }

    /// `AuthenticationResponseJSON`.
    fn show(&mut self, asked: &Value) -> String {
        self.counter += 1;
        let data = self.data(0);
        let client = self.client("webauthn.get", asked);
        let mut signed = data.clone();
        signed.extend(Sha256::digest(URL_SAFE_NO_PAD.decode(&client).unwrap()));
        let signature = self.pair.sign(&SystemRandom::new(), &signed).unwrap();
        let response = json!({
            "clientDataJSON": client, "authenticatorData": base64(&data), "signature": base64(signature.as_ref()),
            "userHandle": self.handle,
        });
        self.answer(response)
    }

    fn data(&self, more: u8) -> Vec<u8> {
        let mut data = Sha256::digest(&self.party).to_vec();
        data.push(self.flags | more);
        data.extend(self.counter.to_be_bytes());
        data
    }

    fn client(&self, kind: &str, asked: &Value) -> String {
        let (challenge, origin) = (asked["challenge"].as_str().unwrap(), &self.origin);
        base64(
            format!(
                "{{\"type\":\"{kind}\",\"challenge\":\"{challenge}\",\"origin\":\"{origin}\",\"crossOrigin\":false}}"
            )
            .as_bytes(),
        )
    }

    fn answer(&self, response: Value) -> String {
        let id = base64(&self.id);
        json!({
            "id": id, "rawId": id, "response": response, "authenticatorAttachment": "platform",
            "clientExtensionResults": {}, "type": "public-key",
        })
        .to_string()
    }
}

fn base64(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

async fn told(response: Response, status: StatusCode) -> Value {
    let found = response.status();
    let text = response.text().await.unwrap();
    assert_eq!(found, status, "{text}");
    serde_json::from_str(&text).unwrap()
}

async fn send(browser: &Browser<'_>, path: &str, fields: &[(&str, &str)]) -> Response {
    let csrf = browser.csrf();
    let fields: Vec<_> = fields.iter().copied().chain([("csrf", csrf.as_str())]).collect();
    let request = browser.request(reqwest::Method::POST, path).header("origin", BASE_URL);
    // The last word on what is accepted is the script's.
    let mut request = form(request, &fields).build().unwrap();
    request.headers_mut().insert("accept", "application/json".parse().unwrap());
    browser.site.client.execute(request).await.unwrap()
}

async fn asked_to_make(browser: &Browser<'_>) -> Value {
    told(send(browser, "/me/passkeys/question", &[]).await, StatusCode::OK).await
}

async fn anyone(site: &Site, path: &str, fields: &[(&str, &str)]) -> Response {
    let request = site.request(reqwest::Method::POST, path).header("origin", BASE_URL);
    form(request.header("accept", "application/json"), fields).send().await.unwrap()
}

async fn asked_to_show(site: &Site) -> Value {
    told(anyone(site, "/sign-in/passkey/question", &[]).await, StatusCode::OK).await
}

async fn show(site: &Site, answer: &str) -> Response {
    anyone(site, "/sign-in/passkey", &[("answer", answer), ("next", "/admin")]).await
}

/// Why it was refused.
async fn refused(site: &Site, answer: &str) -> String {
    let response = show(site, answer).await;
    assert_eq!(header(&response, "set-cookie"), "");
    let told = told(response, StatusCode::FORBIDDEN).await;
    told["code"].as_str().unwrap().to_owned()
}

/// An administrator with a passkey.
async fn holder(site: &Site, who: Cast) -> (Browser<'_>, Authenticator) {
    site.grant(who, Role::Administrator, None).await;
    let browser = site.signed_in(who).await;
    let mut device = Authenticator::new();
    let answer = device.make(&asked_to_make(&browser).await);
    told(send(&browser, "/me/passkeys", &[("name", "Laptop"), ("answer", &answer)]).await, StatusCode::CREATED).await;
    (browser, device)
}

#[tokio::test]
async fn an_administrator_makes_a_passkey_and_signs_in_with_it() {
    let site = Site::open().await;
    assert!(!site.page("/sign-in").await.contains("passkey"), "nobody has one");
    site.grant(ADA, Role::Administrator, None).await;
    let ada = site.signed_in(ADA).await;
    let mut device = Authenticator::new();
    let asked = asked_to_make(&ada).await;
    assert_eq!(asked["rp"]["id"], "badges.acme.example");
    assert_eq!(asked["user"]["name"], ADA.email);
    assert_eq!(asked["authenticatorSelection"]["userVerification"], "required");
    assert_eq!(asked["authenticatorSelection"]["residentKey"], "required");
    assert!(!asked["user"]["id"].as_str().unwrap().contains(&ada.person_id));
    let answer = device.make(&asked);
    let nameless = send(&ada, "/me/passkeys", &[("name", " "), ("answer", &answer)]).await;
    assert_eq!(nameless.status(), StatusCode::UNPROCESSABLE_ENTITY);
    told(send(&ada, "/me/passkeys", &[("name", "Laptop"), ("answer", &answer)]).await, StatusCode::CREATED).await;
    let page = ada.page("/me").await;
    assert!(page.contains("<strong>Laptop</strong>") && page.contains("not used yet"), "{page}");
    assert!(site.page("/sign-in").await.contains("Sign in with a passkey"));

    site.at("2026-11-25T09:00:00Z");
    let asked = asked_to_show(&site).await;
    assert_eq!((&asked["rpId"], &asked["userVerification"]), (&json!("badges.acme.example"), &json!("required")));
    assert_eq!(asked["allowCredentials"], json!([]), "nobody is told who has which");
    let answer = device.show(&asked);
    let response = show(&site, &answer).await;
    let cookie = header(&response, "set-cookie").to_owned();
    assert_eq!(told(response, StatusCode::OK).await, json!({"next": "/admin"}));
    let secret = cookie.strip_prefix("__Host-laurel=").unwrap().split(';').next().unwrap().to_owned();
    let again = Browser { site: &site, person_id: ada.person_id.clone(), secret, session_id: String::new() };
    let page = again.page("/me").await;
    assert!(
        page.contains("Signed in with a passkey") && page.contains("last used on 25 November 2026, 10:00"),
        "{page}"
    );
    assert_eq!(again.get("/admin").await.status(), StatusCode::OK);
    assert_eq!(refused(&site, &answer).await, "late", "an answer is good once");
    let said = events::of_subject(&mut site.app.db.read().await.unwrap(), &ada.person_id).await.unwrap();
    assert!(said.iter().any(|event| event.verb == "passkey.added"));
    assert!(said.iter().any(|event| event.verb == "session.opened" && event.detail["method"] == "passkey"));
}

#[tokio::test]
async fn whatever_session_the_browser_showed_before_ends_with_a_sign_in_by_passkey() {
    let site = Site::open().await;
    let (ada, mut device) = holder(&site, ADA).await;
    let answer = device.show(&asked_to_show(&site).await);
    let request = ada.request(reqwest::Method::POST, "/sign-in/passkey").header("origin", BASE_URL);
    let response = form(request, &[("answer", &answer)]).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(ada.get("/me").await.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn an_answer_that_does_not_hold_signs_nobody_in() {
    let site = Site::open().await;
    let (_, mut device) = holder(&site, ADA).await;
    type Change = fn(&mut Authenticator);
    let changes: [(&str, Change); 7] = [
        ("of another site", |device| device.origin = "https://evil.example".into()),
        ("over http", |device| device.origin = BASE_URL.replace("https", "http")),
        ("for another party", |device| device.party = "evil.example".into()),
        ("without asking who is there", |device| device.flags = PRESENT),
        ("without anybody there", |device| device.flags = VERIFIED),
        ("with another key", |device| device.pair = Authenticator::new().pair),
        ("of another person", |device| device.handle = base64(&[7; 64])),
    ];
    for (what, change) in changes {
        let (_, mut device) = again(&site, ADA).await;
        change(&mut device);
        let answer = device.show(&asked_to_show(&site).await);
        assert_eq!(refused(&site, &answer).await, "refused", "{what}");
    }
    let never_asked = device.show(&json!({"challenge": base64(&[7; 16])}));
    assert_eq!(refused(&site, &never_asked).await, "late");
    let asked = asked_to_show(&site).await;
    site.at("2026-11-24T12:05:00Z");
    assert_eq!(refused(&site, &device.show(&asked)).await, "late", "after five minutes");
    for nonsense in ["", "{}", "[]", "\"x\"", "{\"id\":1}"] {
        assert_eq!(refused(&site, nonsense).await, "refused", "{nonsense}");
    }
    let answer = device.show(&asked_to_show(&site).await);
    let elsewhere = site.request(reqwest::Method::POST, "/sign-in/passkey").header("origin", "https://evil.example");
    let response = form(elsewhere, &[("answer", &answer)]).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::FORBIDDEN, "no other site signs anyone in");
    assert_eq!(show(&site, &answer).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_counter_that_goes_back_is_refused_stands_in_the_record_and_its_owner_hears_of_it() {
    let site = Site::open().await;
    let (ada, mut device) = holder(&site, ADA).await;
    device.counter = 40;
    let answer = device.show(&asked_to_show(&site).await);
    assert_eq!(show(&site, &answer).await.status(), StatusCode::OK);
    for counter in [39, 10] {
        device.counter = counter;
        let answer = device.show(&asked_to_show(&site).await);
        assert_eq!(refused(&site, &answer).await, "counter", "{counter}");
    }
    let said = events::of_subject(&mut site.app.db.read().await.unwrap(), &ada.person_id).await.unwrap();
    let copies = said.iter().filter(|event| event.verb == "passkey.refused").count();
    assert_eq!(copies, 2);
    let letters = mails::unsent(&mut site.app.db.read().await.unwrap(), site.app.clock.now(), 9).await.unwrap();
    let letters: Vec<_> = letters.iter().map(|one| &one.mail).collect();
    assert!(letters.iter().all(|mail| mail.recipient == ADA.email && mail.text.contains("/me#passkeys")));
    assert_eq!(letters.iter().filter(|mail| mail.subject.contains("was added to your account")).count(), 1);
    assert_eq!(letters.iter().filter(|mail| mail.subject.contains("may have been copied")).count(), 2);
    device.counter = 41;
    let answer = device.show(&asked_to_show(&site).await);
    assert_eq!(show(&site, &answer).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_passkey_that_was_removed_or_whose_owner_left_or_lost_the_role_signs_nobody_in() {
    let site = Site::open().await;
    let (ada, mut of_ada) = holder(&site, ADA).await;
    let (bao, mut of_bao) = holder(&site, BAO).await;
    let id = |person: &str| {
        let (site, person) = (&site, person.to_owned());
        async move {
            let conn = &mut site.app.db.read().await.unwrap();
            passkeys::of_person(conn, &person).await.unwrap()[0].id.clone()
        }
    };
    let of_bao_id = id(&bao.person_id).await;
    // That of someone else is not there, but for an administrator who says why.
    let path = format!("/me/passkeys/{of_bao_id}/remove");
    assert_eq!(ada.send(&path, &[]).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(show(&site, &of_bao.show(&asked_to_show(&site).await)).await.status(), StatusCode::OK);
    let page = ada.page(&format!("/admin/people/{}", bao.person_id)).await;
    assert!(page.contains("<strong>Laptop</strong>"), "{page}");
    let path = format!("/admin/people/{}/passkeys/{of_bao_id}/remove", bao.person_id);
    assert_eq!(ada.send(&path, &[("reason", " ")]).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(ada.send(&path, &[("reason", "lost laptop")]).await.status(), StatusCode::SEE_OTHER);
    assert_eq!(refused(&site, &of_bao.show(&asked_to_show(&site).await)).await, "unknown_passkey");

    let path = format!("/me/passkeys/{}/remove", id(&ada.person_id).await);
    let done = ada.send(&path, &[]).await;
    assert_eq!((done.status(), header(&done, "location")), (StatusCode::SEE_OTHER, "/me#passkeys"));
    assert_eq!(refused(&site, &of_ada.show(&asked_to_show(&site).await)).await, "unknown_passkey");
    assert_eq!(ada.get("/me").await.status(), StatusCode::OK, "the session goes on");

    let (bao, mut of_bao) = again(&site, BAO).await;
    let grant = Grant { role: Role::Administrator, program: None };
    roles::revoke(&site.app, &Actor::Operator, BAO.email, &grant, "moved on").await.unwrap();
    assert_eq!(refused(&site, &of_bao.show(&asked_to_show(&site).await)).await, "not_administrator");
    let page = bao.page("/me").await;
    assert!(page.contains("which you are no longer") && !page.contains("Add a passkey"), "{page}");
    roles::grant(&site.app, &Actor::Operator, BAO.email, &grant, "back again").await.unwrap();
    assert_eq!(show(&site, &of_bao.show(&asked_to_show(&site).await)).await.status(), StatusCode::OK);
    leave(&site, &bao.person_id).await;
    assert_eq!(refused(&site, &of_bao.show(&asked_to_show(&site).await)).await, "has_left");
}

#[tokio::test]
async fn only_an_administrator_who_has_just_signed_in_makes_one_and_for_nobody_else() {
    let site = Site::open().await;
    let bao = site.signed_in(BAO).await;
    assert_eq!(send(&bao, "/me/passkeys/question", &[]).await.status(), StatusCode::FORBIDDEN);
    assert!(!bao.page("/me").await.contains("Passkeys"));
    for who in [ADA, BAO] {
        site.grant(who, Role::Administrator, None).await;
    }
    let ada = site.signed_in(ADA).await;
    let answer = Authenticator::new().make(&asked_to_make(&ada).await);
    let fields = [("name", "Laptop"), ("answer", answer.as_str())];
    let of_another = told(send(&bao, "/me/passkeys", &fields).await, StatusCode::CONFLICT).await;
    assert_eq!(of_another["code"], "late");
    let used_up = told(send(&ada, "/me/passkeys", &fields).await, StatusCode::CONFLICT).await;
    assert_eq!(used_up["code"], "late", "a try uses it up");
    // What was asked to sign in makes none.
    let mut asked = asked_to_make(&ada).await;
    asked["challenge"] = asked_to_show(&site).await["challenge"].clone();
    let answer = Authenticator::new().make(&asked);
    let mixed = send(&ada, "/me/passkeys", &[("name", "Laptop"), ("answer", &answer)]).await;
    assert_eq!(told(mixed, StatusCode::CONFLICT).await["code"], "late");
    let mut elsewhere = Authenticator::new();
    elsewhere.origin = "https://evil.example".into();
    let answer = elsewhere.make(&asked_to_make(&ada).await);
    let refused = send(&ada, "/me/passkeys", &[("name", "Laptop"), ("answer", &answer)]).await;
    assert_eq!(told(refused, StatusCode::CONFLICT).await["code"], "refused");
    site.at("2026-11-24T12:10:01Z");
    let late = told(send(&ada, "/me/passkeys/question", &[]).await, StatusCode::CONFLICT).await;
    assert_eq!(late["code"], "not_fresh");
    let page = ada.page("/me").await;
    assert!(page.contains("Sign in again") && !page.contains("Add a passkey"), "{page}");
    let out = ada.send("/sign-out", &[("next", "/me")]).await;
    assert_eq!(header(&out, "location"), "/sign-in?next=%2Fme");
    assert!(passkeys::of_person(&mut site.app.db.read().await.unwrap(), &ada.person_id).await.unwrap().is_empty());
}

#[tokio::test]
async fn one_device_holds_one_passkey_of_a_person_and_a_person_ten_at_most() {
    let site = Site::open().await;
    let (ada, device) = holder(&site, ADA).await;
    let asked = asked_to_make(&ada).await;
    let had: Vec<_> = asked["excludeCredentials"].as_array().unwrap().iter().map(|one| &one["id"]).collect();
    assert_eq!(had, [&json!(base64(&device.id))]);
    for n in 2..=11 {
        let mut device = Authenticator::new();
        let answer = device.make(&asked_to_make(&ada).await);
        let sent = send(&ada, "/me/passkeys", &[("name", "Key"), ("answer", &answer)]).await;
        if n <= 10 {
            told(sent, StatusCode::CREATED).await;
        } else {
            assert_eq!(told(sent, StatusCode::CONFLICT).await["code"], "too_many");
        }
    }
}

#[tokio::test]
async fn an_address_that_is_no_domain_has_no_passkeys() {
    let site = Site::set_up(crate::cast::no_network(), |config| config.base_url = "http://127.0.0.1:8080".into()).await;
    site.grant(ADA, Role::Administrator, None).await;
    let request = site.request(reqwest::Method::POST, "/sign-in/passkey/question");
    let request = request.header("origin", "http://127.0.0.1:8080").header("accept", "application/json");
    let told = told(form(request, &[]).send().await.unwrap(), StatusCode::CONFLICT).await;
    assert_eq!(told["code"], "no_domain");
    assert!(!site.page("/sign-in").await.contains("passkey"));
}

/// Another passkey of someone who is an administrator.
async fn again(site: &Site, who: Cast) -> (Browser<'_>, Authenticator) {
    let browser = site.signed_in(who).await;
    let mut device = Authenticator::new();
    let answer = device.make(&asked_to_make(&browser).await);
    told(send(&browser, "/me/passkeys", &[("name", "Phone"), ("answer", &answer)]).await, StatusCode::CREATED).await;
    (browser, device)
}

async fn leave(site: &Site, id: &str) {
    let mut conn = site.app.db.write().await.unwrap();
    let entry = people::entry(&mut conn, id).await.unwrap().unwrap();
    let person = Person { active: false, ..entry.person.clone() };
    people::update(&mut conn, &Entry { person, ..entry }).await.unwrap();
    conn.commit().await.unwrap();
}

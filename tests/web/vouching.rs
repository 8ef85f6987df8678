//! Endorsements by people: asked for or offered, signed in the endorser's name, shown when the holder shows them, withdrawn when the endorser wishes.

use crate::cast::{ADA, BAO, BASE_URL, Browser, CHIARA, PROFESSIONAL, Site, form};
use laurel::{
    actions::{
        audit::audit,
        erase::{self, Asked},
        keys::rotate,
    },
    domain::{
        actor::Actor,
        directory::Entry,
        erasing::{Cause, TakenAlong},
        letter::Mail,
        recipient::Person,
    },
    outside::vault::Purpose,
    store::{mails, people, personal_endorsements},
};
use reqwest::{Method, StatusCode};
use serde_json::Value;

const WORDS: &str = "She led the change from idea to use.";

async fn letters(site: &Site, to: &str) -> Vec<Mail> {
    let unsent = mails::unsent(&mut site.app.db.read().await.unwrap(), site.app.clock.now(), 99).await.unwrap();
    unsent.into_iter().map(|one| one.mail).filter(|mail| mail.recipient == to).collect()
}

/// The address in one of the letters that begins with this path and has only a secret or an id after it.
fn link(mails: &[Mail], path: &str) -> String {
    let words = mails.iter().flat_map(|mail| mail.text.split_whitespace());
    let mut found = words.filter_map(|word| word.strip_prefix(BASE_URL));
    let fits =
        |link: &&str| link.strip_prefix(path).is_some_and(|rest| path.ends_with("badges/") || !rest.contains('/'));
    found.find(fits).unwrap_or_else(|| panic!("no letter leads to {path}")).to_owned()
}

async fn said(site: &Site, award: &str) -> String {
    let all = personal_endorsements::of_award(&mut site.app.db.read().await.unwrap(), award).await.unwrap();
    all.last().unwrap().said.id.clone()
}

async fn sound(site: &Site) {
    let audited = audit(&site.app, &Actor::Operator, |_| {}).await.unwrap();
    assert_eq!((audited.faults, audited.told), (0, vec![]));
}

async fn endorses(who: &Browser<'_>, award: &str, skill: &str) -> StatusCode {
    let fields = [("comment", WORDS), ("language", "de"), ("skill", skill)];
    who.send(&format!("/me/endorse/{award}"), &fields).await.status()
}

/// The credential, and what our verifier says of it.
async fn verified(site: &Site, id: &str) -> (Value, Value) {
    let answer = site.get(&format!("/endorsements/{id}.json")).await;
    assert_eq!(answer.status(), StatusCode::OK);
    let credential: Value = answer.json().await.unwrap();
    let (status, report) = site.post("/api/v1/verify", &credential).await;
    assert_eq!(status, StatusCode::OK);
    (credential, report)
}

#[tokio::test]
async fn what_a_colleague_says_is_seen_once_its_holder_shows_it_and_gone_once_it_is_withdrawn() {
    let site = Site::open().await;
    let badge = site.award(ADA, PROFESSIONAL, "public").await;
    let (ada, bao) = (site.signed_in(ADA).await, site.signed_in(BAO).await);
    let page = format!("/badges/{}", badge.id);
    assert!(site.page(&page).await.contains(&format!("/me/endorse/{}", badge.id)));
    let form = bao.page(&format!("/me/endorse/{}", badge.id)).await;
    assert!(form.contains("You endorse as Bao Nguyen, colleague.") && form.contains(">Programming</option>"), "{form}");
    assert_eq!(endorses(&bao, &badge.id, "1").await, StatusCode::SEE_OTHER);
    let id = said(&site, &badge.id).await;
    // The holder is told; nobody else sees anything yet.
    let told = letters(&site, ADA.email).await;
    assert_eq!(told.last().unwrap().subject, "Bao Nguyen has endorsed you");
    let desk = link(&told, "/me/badges/");
    assert!(!site.page(&page).await.contains(WORDS));
    assert_eq!(site.get(&format!("/endorsements/{id}")).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(site.get(&format!("/endorsements/{id}.json")).await.status(), StatusCode::NOT_FOUND);
    assert!(ada.page(&desk).await.contains(WORDS));
    let answer = format!("/me/endorsements/{id}/answer");
    assert_eq!(bao.send(&answer, &[("standing", "shown")]).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(ada.send(&answer, &[("standing", "praised")]).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(ada.send(&answer, &[("standing", "shown")]).await.status(), StatusCode::SEE_OTHER);
    assert!(letters(&site, BAO.email).await.iter().any(|mail| mail.subject == "Ada Obi shows your endorsement"));
    let shown = site.page(&page).await;
    assert!(shown.contains("<blockquote lang=\"de\" dir=\"auto\"><p>She led"), "{shown}");
    assert!(shown.contains("<strong>Bao Nguyen</strong>, colleague") && shown.contains("for Programming"));
    assert!(shown.contains("Genuine: signed in their name"));
    assert!(site.page(&format!("/endorsements/{id}")).await.contains("Endorsed by"));
    let (credential, report) = verified(&site, &id).await;
    assert_eq!(report["verdict"], "valid", "{report}");
    assert_eq!(credential["issuer"]["name"], "Bao Nguyen");
    let did = credential["issuer"]["id"].as_str().unwrap();
    let endorser = did.strip_prefix("did:web:badges.acme.example:endorsers:").unwrap();
    assert_eq!(credential["credentialSubject"]["id"], format!("{BASE_URL}/badges/{}#skill-1", badge.id));
    assert!(shown.contains("id=\"skill-1\""));
    let document: Value = site.get(&format!("/endorsers/{endorser}/did.json")).await.json().await.unwrap();
    assert_eq!(
        (&document["id"], &document["verificationMethod"][0]["controller"]),
        (&Value::from(did), &Value::from(did))
    );
    let list: Value = site.get(&format!("/endorsers/{endorser}/status")).await.json().await.unwrap();
    assert_eq!(list["issuer"], did);
    sound(&site).await;
    // Hidden and shown again; then it is withdrawn, for good.
    ada.send(&answer, &[("standing", "hidden")]).await;
    assert!(!site.page(&page).await.contains(WORDS));
    ada.send(&answer, &[("standing", "shown")]).await;
    assert!(bao.page("/me/endorsements").await.contains(WORDS));
    let withdraw = format!("/me/endorsements/{id}/withdraw");
    assert_eq!(ada.send(&withdraw, &[]).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(bao.send(&withdraw, &[]).await.status(), StatusCode::SEE_OTHER);
    assert!(!site.page(&page).await.contains(WORDS));
    let (_, report) = verified(&site, &id).await;
    assert_eq!(report["verdict"], "invalid", "{report}");
    assert!(letters(&site, ADA.email).await.iter().any(|mail| mail.subject.contains("has withdrawn")));
    assert_eq!(ada.send(&answer, &[("standing", "shown")]).await.status(), StatusCode::CONFLICT);
    assert_eq!(bao.send(&withdraw, &[]).await.status(), StatusCode::CONFLICT);
    sound(&site).await;
    // What was withdrawn can be said anew.
    assert_eq!(endorses(&bao, &badge.id, "1").await, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn nobody_endorses_themselves_or_twice_or_what_they_do_not_see() {
    let site = Site::open().await;
    let badge = site.award(ADA, PROFESSIONAL, "link").await;
    let hidden = site.award(CHIARA, PROFESSIONAL, "private").await;
    let (ada, bao) = (site.signed_in(ADA).await, site.signed_in(BAO).await);
    assert_eq!(endorses(&ada, &badge.id, "").await, StatusCode::CONFLICT);
    let own = ada.send(&format!("/me/badges/{}/endorsements", badge.id), &[("name", "Me"), ("email", ADA.email)]).await;
    assert_eq!(own.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(own.text().await.unwrap().contains("nobody endorses themselves"));
    assert_eq!(endorses(&bao, &badge.id, "").await, StatusCode::SEE_OTHER);
    assert_eq!(endorses(&bao, &badge.id, "").await, StatusCode::CONFLICT);
    assert_eq!(endorses(&bao, &badge.id, "1").await, StatusCode::SEE_OTHER);
    assert_eq!(endorses(&bao, &hidden.id, "").await, StatusCode::NOT_FOUND);
    // Whoever is not named on a badge is not named by the form either.
    let unnamed = site.award(CHIARA, "craft.practitioner", "public").await;
    assert_eq!(bao.get(&format!("/me/endorse/{}", unnamed.id)).await.status(), StatusCode::NOT_FOUND);
    assert!(!site.page(&format!("/badges/{}", unnamed.id)).await.contains("/me/endorse/"));
    let path = format!("/me/endorse/{}", badge.id);
    for (field, value, words) in [
        ("comment", "x".repeat(2_001), "up to 2000 characters"),
        ("comment", " ".into(), "Say something"),
        ("language", "<script>".into(), "Choose a language"),
        ("skill", "2".into(), "Choose one of the skills"),
    ] {
        let fields = [("comment", WORDS), ("language", "en"), ("skill", "")];
        let fields = fields.map(|(name, given)| if name == field { (name, value.as_str()) } else { (name, given) });
        let refused = bao.send(&path, &fields).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        let page = refused.text().await.unwrap();
        assert!(page.contains(words), "{words} is not in {page}");
    }
    // Asked for by its holder, and of someone they lead, it can be.
    let chiara = site.signed_in(CHIARA).await;
    let asked = format!("/me/badges/{}/endorsements", hidden.id);
    assert_eq!(chiara.send(&asked, &[("name", "Bao"), ("email", BAO.email)]).await.status(), StatusCode::SEE_OTHER);
    let letter = letters(&site, BAO.email).await;
    assert_eq!(letter[0].subject, "Chiara Rossi asks for your endorsement");
    assert!(bao.page(&link(&letter, "/me/endorse/")).await.contains("Endorse Chiara Rossi"));
    assert_eq!(endorses(&bao, &hidden.id, "").await, StatusCode::SEE_OTHER);
    let mut conn = site.app.db.write().await.unwrap();
    let entry = people::entry(&mut conn, &chiara.person_id).await.unwrap().unwrap();
    let person = Person { manager_id: Some(ada.person_id.clone()), ..entry.person.clone() };
    people::update(&mut conn, &Entry { person, ..entry }).await.unwrap();
    conn.commit().await.unwrap();
    assert!(ada.page(&format!("/me/endorse/{}", hidden.id)).await.contains("You endorse as Ada Obi, manager."));
    site.at("2029-01-01T00:00:00Z");
    let late = site.signed_in(CHIARA).await;
    assert_eq!(endorses(&late, &badge.id, "").await, StatusCode::CONFLICT);
    sound(&site).await;
}

#[tokio::test]
async fn someone_outside_endorses_by_a_link_that_is_good_once_and_withdraws_by_another() {
    let site = Site::open().await;
    let badge = site.award(ADA, PROFESSIONAL, "public").await;
    let ada = site.signed_in(ADA).await;
    let desk = format!("/me/badges/{}/endorsements", badge.id);
    let asked = [("name", "Jo Bloggs"), ("email", "jo@client.example"), ("skill", "1")];
    assert_eq!(ada.send(&desk, &asked).await.status(), StatusCode::SEE_OTHER);
    assert!(ada.page(&desk).await.contains("Jo Bloggs, asked on 24 November 2026"));
    let letter = letters(&site, "jo@client.example").await;
    let by_link = link(&letter, "/endorse/");
    // Opened twice, as mail programs do, it is still good.
    for _ in 0..2 {
        let page = site.page(&by_link).await;
        assert!(page.contains("Endorse Ada Obi") && page.contains("value=\"Jo Bloggs\""), "{page}");
    }
    let send = async |path: &str, fields: &[(&str, &str)]| {
        let request = site.request(Method::POST, path).header("origin", BASE_URL).header("accept", "text/html");
        form(request, fields).send().await.unwrap()
    };
    let fields = [("name", "Jo Bloggs, Client Ltd"), ("comment", WORDS), ("language", "en"), ("skill", "1")];
    let elsewhere = form(site.request(Method::POST, &by_link).header("origin", "https://evil.example"), &fields);
    assert_eq!(elsewhere.send().await.unwrap().status(), StatusCode::FORBIDDEN);
    let nameless = send(&by_link, &[("name", ""), fields[1], fields[2]]).await;
    assert_eq!(nameless.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let done = send(&by_link, &fields).await;
    assert_eq!(done.status(), StatusCode::OK);
    assert!(done.text().await.unwrap().contains("Thank you"));
    assert_eq!(send(&by_link, &fields).await.status(), StatusCode::GONE);
    assert_eq!(site.get(&by_link).await.status(), StatusCode::GONE);
    assert_eq!(site.get("/endorse/none").await.status(), StatusCode::GONE);
    let id = said(&site, &badge.id).await;
    ada.send(&format!("/me/endorsements/{id}/answer"), &[("standing", "shown")]).await;
    let page = site.page(&format!("/badges/{}", badge.id)).await;
    assert!(page.contains("<strong>Jo Bloggs, Client Ltd</strong>, someone outside, reached by mail"), "{page}");
    let (credential, report) = verified(&site, &id).await;
    assert_eq!(report["verdict"], "valid", "{report}");
    assert!(credential["issuer"]["description"].as_str().unwrap().contains("reached by e-mail"));
    assert!(!credential.to_string().contains("jo@client.example"));
    let thanks = letters(&site, "jo@client.example").await;
    let withdrawing = link(&thanks, "/endorse/said/");
    // Once it is sent, nothing here knows the link any more.
    let sent = thanks.iter().find(|mail| mail.text.contains("/endorse/said/")).unwrap();
    assert!(sent.until.is_some());
    assert!(site.page(&withdrawing).await.contains(WORDS));
    assert_eq!(send(&withdrawing, &[]).await.status(), StatusCode::SEE_OTHER);
    assert!(site.page(&withdrawing).await.contains("Withdrawn."));
    assert!(!site.page(&format!("/badges/{}", badge.id)).await.contains(WORDS));
    assert_eq!(verified(&site, &id).await.1["verdict"], "invalid");
    sound(&site).await;
    // A link that was never used ends by itself.
    let asked = [("name", "Al Late"), ("email", "al@client.example")];
    ada.send(&desk, &asked).await;
    let late = link(&letters(&site, "al@client.example").await, "/endorse/");
    site.at("2026-12-25T12:00:00Z");
    assert_eq!(site.get(&late).await.status(), StatusCode::GONE);
}

#[tokio::test]
async fn ten_people_are_asked_at_once_and_no_more() {
    let site = Site::open().await;
    let badge = site.award(ADA, PROFESSIONAL, "public").await;
    let ada = site.signed_in(ADA).await;
    let desk = format!("/me/badges/{}/endorsements", badge.id);
    for n in 0..10 {
        let email = format!("client{n}@client.example");
        assert_eq!(ada.send(&desk, &[("name", "C"), ("email", &email)]).await.status(), StatusCode::SEE_OTHER);
    }
    let refused = ada.send(&desk, &[("name", "C"), ("email", "one.more@client.example")]).await;
    assert_eq!(refused.status(), StatusCode::CONFLICT);
    assert!(refused.text().await.unwrap().contains("Ten people were asked"));
}

#[tokio::test]
async fn of_an_endorser_who_is_erased_nothing_is_left_and_nothing_proves_what_they_said() {
    let site = Site::open().await;
    let badge = site.award(ADA, PROFESSIONAL, "public").await;
    let (ada, bao) = (site.signed_in(ADA).await, site.signed_in(BAO).await);
    endorses(&bao, &badge.id, "").await;
    let id = said(&site, &badge.id).await;
    ada.send(&format!("/me/endorsements/{id}/answer"), &[("standing", "shown")]).await;
    let (credential, _) = verified(&site, &id).await;
    let did = credential["issuer"]["id"].as_str().unwrap().to_owned();
    let endorser = did.rsplit(':').next().unwrap();
    let leave = Asked { taken_along: TakenAlong::Leave, cause: Cause::Wish };
    erase::erase(&site.app, &Actor::Operator, BAO.email, leave).await.unwrap();
    for path in [
        format!("/endorsements/{id}"),
        format!("/endorsers/{endorser}/did.json"),
        format!("/endorsers/{endorser}/status"),
    ] {
        let gone = site.get(&path).await;
        assert_eq!(gone.status(), StatusCode::GONE, "{path}");
        assert!(!gone.text().await.unwrap().contains("Bao"), "{path}");
    }
    let page = site.page(&format!("/badges/{}", badge.id)).await;
    assert!(!page.contains(WORDS) && !page.contains("Bao"), "{page}");
    assert!(!ada.page(&format!("/me/badges/{}/endorsements", badge.id)).await.contains("Bao"));
    let (_, report) = site.post("/api/v1/verify", &credential).await;
    assert_ne!(report["verdict"], "valid", "{report}");
    sound(&site).await;
}

#[tokio::test]
async fn what_was_said_goes_on_standing_when_the_key_is_changed_and_falls_with_a_compromised_one() {
    let site = Site::open().await;
    let badge = site.award(ADA, PROFESSIONAL, "public").await;
    let (ada, bao) = (site.signed_in(ADA).await, site.signed_in(BAO).await);
    let says = async |skill: &str| {
        assert_eq!(endorses(&bao, &badge.id, skill).await, StatusCode::SEE_OTHER);
        let id = said(&site, &badge.id).await;
        ada.send(&format!("/me/endorsements/{id}/answer"), &[("standing", "shown")]).await;
        id
    };
    let first = says("").await;
    rotate(&site.app, &Actor::Operator, Purpose::Credential, false).await.unwrap();
    site.at("2026-11-24T13:00:00Z");
    let second = says("1").await;
    for id in [&first, &second] {
        assert_eq!(verified(&site, id).await.1["verdict"], "valid");
    }
    // The key that signed the second, and the list last, is not trusted any more; the first was signed with the one before.
    rotate(&site.app, &Actor::Operator, Purpose::Credential, true).await.unwrap();
    assert_eq!(verified(&site, &first).await.1["verdict"], "valid");
    assert_ne!(verified(&site, &second).await.1["verdict"], "valid");
    sound(&site).await;
}

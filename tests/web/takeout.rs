//! What someone takes along: everything that is held on them, and nothing of anyone else; and a record of their badges that stands by itself.

use super::{
    header,
    ids::world::{browsers, build, someone},
};
use crate::{
    apps::guild::badge,
    cast::{ADA, BAO, BASE_URL, MASTER, PROFESSIONAL, Site},
};
use laurel::{
    actions::{revoke::revoke, takeout::begin_of, verify_credential::verify_credential},
    credential::verify::Verdict,
    domain::actor::Actor,
    store::takeout::HELD,
    web::{Web, takeout::Taking},
};
use reqwest::{Response, StatusCode};
use serde_json::Value;
use std::{
    collections::BTreeMap,
    io::{Cursor, Read},
    sync::Arc,
};

async fn unpacked(answer: Response) -> BTreeMap<String, Vec<u8>> {
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(header(&answer, "content-type"), "application/zip");
    assert_eq!(header(&answer, "cache-control"), "private, no-store");
    members(answer.bytes().await.unwrap().to_vec())
}

fn members(bytes: Vec<u8>) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    let mut read = |name: &String| {
        let mut bytes = Vec::new();
        archive.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
        bytes
    };
    names.iter().map(|name| (name.clone(), read(name))).collect()
}

fn data(members: &BTreeMap<String, Vec<u8>>, name: &str) -> Value {
    serde_json::from_slice(&members[&format!("data/{name}.json")]).unwrap()
}

#[tokio::test]
async fn someone_takes_along_all_that_is_held_on_them_and_nothing_of_others() {
    let site = Site::open().await;
    let halves = build(&site).await;
    let everyone = browsers(&site).await;
    let ids = &halves[0].ids;
    let learner = unpacked(everyone[&("left", "learner")].send("/me/everything", &[]).await).await;
    assert!(String::from_utf8_lossy(&learner["README.txt"]).contains("Everything that this service holds on you"));
    for held in HELD {
        assert!(learner.contains_key(&format!("data/{}.json", held.name)), "{}", held.name);
    }
    let profile = data(&learner, "profile");
    assert_eq!(
        (&profile[0]["email"], &profile[0]["active"]),
        (&Value::from("learner.left@acme.example"), &Value::Bool(true))
    );
    assert!(profile[0]["created_at"].as_str().unwrap().starts_with("2026-11-24T12:00:00"), "{profile}");
    let submission =
        data(&learner, "submissions").as_array().unwrap().iter().any(|one| one["id"] == ids["draft"].as_str());
    assert!(submission, "the draft is among their submissions");
    let kept = data(&learner, "evidence");
    let file = kept.as_array().unwrap().iter().find(|one| one["id"] == ids["file"].as_str()).unwrap();
    let path = format!("evidence/{}/{}", ids["file"], file["file_name"].as_str().unwrap());
    assert_eq!(learner[&path].len().to_string(), file["size"].as_str().unwrap());
    assert_eq!(laurel::domain::digesting::sha256(&learner[&path]), file["sha256"].as_str().unwrap());
    assert!(!data(&learner, "sessions").as_array().unwrap().is_empty());
    let events = String::from_utf8(learner["data/events.jsonl"].clone()).unwrap();
    assert!(events.lines().count() > 3 && events.contains("submission."), "{events}");
    // No secret and no hash of one, and nobody's address but their own.
    for (name, bytes) in &learner {
        let text = String::from_utf8_lossy(bytes);
        for of_others in ["right@", "lin.left@", "judge.left@", "hash\":"] {
            assert!(!text.contains(of_others), "{name} holds {of_others}");
        }
    }
    // Decided, and told as it was told to them: the panel's words, and no single assessor's.
    let decided = unpacked(everyone[&("left", "vic")].send("/me/everything", &[]).await).await;
    let decisions = data(&decided, "decisions");
    assert_eq!(decisions[0]["id"], ids["decision"].as_str());
    assert!(decisions[0]["grades"].is_object() || decisions[0]["grades"].is_array(), "{decisions}");
    assert!(!decided.keys().any(|name| name.contains("scores")));
    let yan = unpacked(everyone[&("left", "yan")].send("/me/everything", &[]).await).await;
    let folder = yan.keys().find_map(|name| name.strip_suffix("/badge.json")).unwrap().to_owned();
    for form in ["badge.jwt", "badge.png", "badge.svg"] {
        assert!(yan.contains_key(&format!("{folder}/{form}")), "{form}");
    }
    // It was revoked: there is no certificate of it, and no record of what stands.
    assert!(!yan.contains_key(&format!("{folder}/certificate.pdf")) && !yan.contains_key("career.json"));
    assert_eq!(data(&yan, "badges")[0]["revocation_reason"], "By mistake.", "{}", data(&yan, "badges"));
    let nobody = site.request(reqwest::Method::POST, "/me/everything").header("origin", BASE_URL).send().await.unwrap();
    assert!(
        nobody.status() == StatusCode::SEE_OTHER || nobody.status() == StatusCode::UNAUTHORIZED,
        "{}",
        nobody.status()
    );
}

#[tokio::test]
async fn badges_from_elsewhere_are_taken_along_byte_for_byte() {
    let site = Site::open().await;
    let ada = site.signed_in(ADA).await;
    let welder = badge(1, "Welder", "02-01");
    let head = "content-disposition: form-data; name=\"text\"\r\n\r\n";
    ada.send_parts("/me/backpack", &[], (head, welder.as_bytes())).await;
    let all = unpacked(ada.send("/me/everything", &[]).await).await;
    let kept = data(&all, "backpack");
    assert_eq!((&kept[0]["title"], &kept[0]["came_by"]), (&"Welder".into(), &"text".into()), "{kept}");
    let (name, bytes) = all.iter().find(|(name, _)| name.starts_with("backpack/")).unwrap();
    assert!(name.ends_with("/badge.json") && bytes == welder.as_bytes(), "{name}");
}

#[tokio::test]
async fn an_archive_is_written_piece_by_piece() {
    let site = Site::open().await;
    let halves = build(&site).await;
    let who = someone("left", "learner");
    let begun = begin_of(&site.app, &Actor::Operator, who.email).await.unwrap();
    let mut taking = Taking::new(Arc::new(Web::new(site.app.clone())), begun).await.unwrap();
    let (mut pieces, mut largest, mut whole) = (0, 0, Vec::new());
    while let Some(bytes) = taking.next().await.unwrap() {
        pieces += 1;
        largest = largest.max(bytes.len());
        whole.extend_from_slice(&bytes);
    }
    assert!(pieces > HELD.len() && largest < whole.len() / 2, "{pieces} pieces, {largest} of {} bytes", whole.len());
    assert!(members(whole).contains_key(&format!("evidence/{}/plan.pdf", halves[0].ids["file"])));
}

#[tokio::test]
async fn a_record_of_the_badges_that_stand_verifies_and_holds_each_of_them() {
    let site = Site::open().await;
    let ada = site.signed_in(ADA).await;
    let none = ada.send("/me/career", &[]).await;
    assert_eq!(none.status(), StatusCode::CONFLICT);
    assert!(none.text().await.unwrap().contains("None of your badges stands"));
    assert!(!ada.page("/me").await.contains("/me/career"));
    let kept = [site.award(ADA, PROFESSIONAL, "private").await, site.award(ADA, MASTER, "link").await];
    let lost = site.award(ADA, "craft.practitioner", "public").await;
    site.award(BAO, MASTER, "public").await;
    revoke(&site.app, &Actor::Operator, &lost.id, "By mistake.").await.unwrap();
    assert!(ada.page("/me").await.contains("/me/career"));
    let answer = ada.send("/me/career", &[]).await;
    assert_eq!((answer.status(), header(&answer, "content-type")), (StatusCode::OK, "application/vc"));
    assert!(header(&answer, "content-disposition").starts_with("attachment"));
    let text = answer.text().await.unwrap();
    let record: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(record["type"], serde_json::json!(["VerifiableCredential", "ClrCredential"]));
    let subject = &record["credentialSubject"];
    let badges = subject["verifiableCredential"].as_array().unwrap();
    let mut ids: Vec<&str> = badges.iter().map(|badge| badge["id"].as_str().unwrap()).collect();
    ids.sort();
    let mut wanted: Vec<&str> = kept.iter().map(|badge| badge.badge_url.as_str()).collect();
    wanted.sort();
    assert_eq!(ids, wanted);
    assert_eq!(subject["achievement"].as_array().unwrap().len(), 2);
    let association = &subject["association"][0];
    assert_eq!(
        (&association["associationType"], &association["sourceId"], &association["targetId"]),
        (
            &Value::from("precedes"),
            &Value::from(format!("{BASE_URL}/achievements/{PROFESSIONAL}")),
            &Value::from(format!("{BASE_URL}/achievements/{MASTER}"))
        )
    );
    assert!(!text.contains("Ada") && !text.contains("ada.obi"), "nobody is named in it");
    let whole = verify_credential(&site.app, text.clone().into_bytes()).await.unwrap();
    assert_eq!(whole.report.verdict, Verdict::Valid, "{:?}", whole.report.checks);
    for badge in badges {
        let (status, report) = site.post("/api/v1/verify", badge).await;
        assert_eq!((status, report["verdict"].as_str()), (StatusCode::OK, Some("valid")), "{report}");
    }
    let altered = text.replace("Certifications by", "Praises by");
    let altered = verify_credential(&site.app, altered.into_bytes()).await.unwrap();
    assert_eq!(altered.report.verdict, Verdict::Invalid);
    let all = unpacked(ada.send("/me/everything", &[]).await).await;
    assert!(all.contains_key("career.json"));
    let folder = format!("badges/{PROFESSIONAL}-{}", kept[0].id);
    assert!(all[&format!("{folder}/certificate.pdf")].starts_with(b"%PDF"));
}

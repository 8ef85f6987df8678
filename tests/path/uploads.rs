//! Files: their names, kinds and sizes, cut connections, a full disk, and that nothing half written stays.

use super::*;
use crate::setup::on_both_engines;
use hyper::body::Bytes;
use laurel::{
    actions::{
        config::EvidenceLimits,
        path::{
            evidence::{Download, download, remove},
            mentor,
            submission::{Text, begin as begin_draft, hand_in, read, take_back},
            sweep,
            upload::{Arrived, NewFile, append, arrived, begin, end},
        },
    },
    domain::{evidence::Evidence, media::Media},
    jobs,
    outside::depot::Depot,
    store::stray_objects,
};
use sha2::{Digest, Sha256};

const MIB: u64 = 1024 * 1024;

fn pdf(size: usize) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    bytes.extend((0..size.saturating_sub(9)).map(|n| (n % 251) as u8));
    bytes
}

fn file(name: &str, size: u64) -> NewFile<'_> {
    NewFile { name, size, title: "", note: "", public: false }
}

async fn send(town: &Town, who: &Actor, id: &str, at: u64, bytes: &[u8]) -> Result<Arrived, ActionError> {
    append(&town.app, who, id, at, Bytes::copy_from_slice(bytes)).await
}

async fn read_back(town: &Town, who: &Actor, id: &str) -> Vec<u8> {
    let Download { parts, .. } = download(&town.app, who, id).await.unwrap();
    let mut bytes = Vec::new();
    for part in parts {
        bytes.extend_from_slice(&town.app.depot.get(&part.object).await.unwrap());
    }
    bytes
}

async fn only(town: &Town, who: &Actor, draft: &str) -> Evidence {
    let mut evidence = read(&town.app, who, draft).await.unwrap().evidence;
    assert_eq!(evidence.len(), 1);
    evidence.remove(0)
}

async fn strays(town: &Town) -> Vec<String> {
    let mut conn = town.app.db.read().await.unwrap();
    stray_objects::before(&mut conn, "2100-01-01T00:00:00Z".parse().unwrap(), 99).await.unwrap()
}

on_both_engines! {
    async fn a_file_arrives_in_parts_goes_on_where_it_was_cut_and_is_kept_with_its_digest(db: Db) {
        let town = Town::new(db).await;
        let ada = town.be("ada").await;
        let (_, draft) = town.drafting("ada").await;
        let whole = pdf(200_000);
        let id = begin(&town.app, &ada, &draft.id, file("C:\\work\\plan.pdf", 200_000)).await.unwrap().id;
        assert_eq!(arrived(&town.app, &ada, &id).await.unwrap(), Arrived { received: 0, size: 200_000, whole: false });
        send(&town, &ada, &id, 0, &whole[..1_000]).await.unwrap();
        assert_eq!(only(&town, &ada, &draft.id).await.file().unwrap().media, None, "too little of it is here");
        assert_eq!(code(send(&town, &ada, &id, 0, &whole[..1_000]).await), "offset", "sent twice");
        assert_eq!(code(send(&town, &ada, &id, 2_000, &whole[2_000..3_000]).await), "offset", "with a gap");
        assert_eq!(code(download(&town.app, &ada, &id).await), "no evidence", "not whole");
        assert_eq!(code(hand_in(&town.app, &ada, &draft.id, Some(Text { statement: "Mine", revision: 1 })).await), "evidence");
        let cut = arrived(&town.app, &ada, &id).await.unwrap().received;
        assert_eq!(cut, 1_000);
        send(&town, &ada, &id, cut, &whole[1_000..150_000]).await.unwrap();
        let last = send(&town, &ada, &id, 150_000, &whole[150_000..]).await.unwrap();
        assert_eq!(last, Arrived { received: 200_000, size: 200_000, whole: true });
        assert_eq!(code(send(&town, &ada, &id, 200_000, b"x").await), "offset", "it is whole");
        let kept = only(&town, &ada, &draft.id).await;
        let stored = kept.file().unwrap();
        assert_eq!((stored.name.as_str(), kept.title.as_str(), stored.media), ("plan.pdf", "plan.pdf", Some(Media::Pdf)));
        let digest: String = Sha256::digest(&whole).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(stored.sha256.as_ref(), Some(&digest));
        assert_eq!(read_back(&town, &ada, &id).await, whole);
        assert!(strays(&town).await.is_empty());
        assert_eq!(town.told(&draft.id).await, ["submission.begun", "evidence.added", "evidence.received"]);
    }

    async fn a_file_whose_size_nobody_knew_ends_where_its_sender_says(db: Db) {
        let town = Town::new(db).await;
        let ada = town.be("ada").await;
        let (_, draft) = town.drafting("ada").await;
        let id = begin(&town.app, &ada, &draft.id, file("notes.txt", 9_000)).await.unwrap().id;
        send(&town, &ada, &id, 0, b"What I saw, ").await.unwrap();
        send(&town, &ada, &id, 12, "in Zürich".as_bytes()).await.unwrap();
        let done = end(&town.app, &ada, &id).await.unwrap();
        assert_eq!(done, Arrived { received: 22, size: 22, whole: true });
        assert_eq!(end(&town.app, &ada, &id).await.unwrap(), done);
        assert_eq!(read_back(&town, &ada, &id).await, "What I saw, in Zürich".as_bytes());
        let empty = begin(&town.app, &ada, &draft.id, file("none.txt", 9_000)).await.unwrap().id;
        assert_eq!(code(end(&town.app, &ada, &empty).await), "file");
        assert_eq!(only(&town, &ada, &draft.id).await.id, id, "nothing is left of the empty one");
    }

    async fn a_full_disk_is_said_so_and_the_file_goes_on_when_there_is_room(db: Db) {
        let mut town = Town::new(db).await;
        town.app.depot = Depot::memory(100_000);
        let ada = town.be("ada").await;
        let (_, draft) = town.drafting("ada").await;
        let whole = pdf(150_000);
        let id = begin(&town.app, &ada, &draft.id, file("plan.pdf", 150_000)).await.unwrap().id;
        send(&town, &ada, &id, 0, &whole[..80_000]).await.unwrap();
        for _ in 0..2 {
            let full = send(&town, &ada, &id, 80_000, &whole[80_000..]).await;
            assert!(matches!(full, Err(ActionError::Full)), "{full:?}");
        }
        assert_eq!(arrived(&town.app, &ada, &id).await.unwrap().received, 80_000);
        town.app.depot.widen(100_000);
        assert!(send(&town, &ada, &id, 80_000, &whole[80_000..]).await.unwrap().whole);
        assert_eq!(read_back(&town, &ada, &id).await, whole);
        town.at("2026-11-26T12:00:00Z");
        assert_eq!(strays(&town).await.len(), 2, "what may have been half written");
        work(&town).await;
        assert!(strays(&town).await.is_empty());
        assert_eq!(read_back(&town, &ada, &id).await, whole);
    }

    async fn what_never_came_to_its_end_is_swept_and_nothing_else_is(db: Db) {
        let town = Town::new(db).await;
        let ada = town.be("ada").await;
        let (_, draft) = town.drafting("ada").await;
        let kept = begin(&town.app, &ada, &draft.id, file("kept.pdf", 9)).await.unwrap().id;
        send(&town, &ada, &kept, 0, &pdf(9)).await.unwrap();
        let left = begin(&town.app, &ada, &draft.id, file("left.pdf", 100)).await.unwrap().id;
        send(&town, &ada, &left, 0, &pdf(50)).await.unwrap();
        let mut conn = town.app.db.read().await.unwrap();
        let object = laurel::store::evidence::parts(&mut conn, &left).await.unwrap()[0].object.clone();
        drop(conn);
        town.at("2026-12-01T11:00:00Z");
        assert!(!sweep::is_due(&town.app).await.unwrap());
        town.at("2026-12-01T12:00:01Z");
        assert!(sweep::is_due(&town.app).await.unwrap());
        work(&town).await;
        assert!(!sweep::is_due(&town.app).await.unwrap());
        assert_eq!(only(&town, &ada, &draft.id).await.id, kept);
        assert!(town.app.depot.get(&object).await.is_err());
        assert_eq!(read_back(&town, &ada, &kept).await, pdf(9));
    }

    async fn a_file_that_is_taken_over_goes_with_the_last_draft_that_holds_it(db: Db) {
        let town = Town::new(db).await;
        let ada = town.be("ada").await;
        let (enrolment, draft) = town.drafting("ada").await;
        let id = begin(&town.app, &ada, &draft.id, file("plan.pdf", 99)).await.unwrap().id;
        send(&town, &ada, &id, 0, &pdf(99)).await.unwrap();
        hand_in(&town.app, &ada, &draft.id, Some(Text { statement: "Mine", revision: 1 })).await.unwrap();
        take_back(&town.app, &ada, &draft.id).await.unwrap();
        let second = begin_draft(&town.app, &ada, &enrolment.id).await.unwrap();
        let copy = only(&town, &ada, &second.id).await;
        assert_ne!(copy.id, id);
        assert_eq!(read_back(&town, &ada, &copy.id).await, pdf(99));
        remove(&town.app, &ada, &copy.id).await.unwrap();
        assert_eq!(read_back(&town, &ada, &id).await, pdf(99));
        assert!(strays(&town).await.is_empty());
    }
}

/// What the server does every few seconds.
async fn work(town: &Town) {
    jobs::plan(&town.app).await.unwrap();
    jobs::run_due(&town.app).await.unwrap();
}

async fn small() -> (Town, Actor, String, crate::setup::Sandbox) {
    let sandbox = crate::setup::sqlite().await;
    let mut town = Town::new(sandbox.db.clone()).await;
    town.app.config.evidence = EvidenceLimits { file: MIB, video: 2 * MIB, submission: 3 * MIB };
    let (ada, (_, draft)) = (town.be("ada").await, town.drafting("ada").await);
    (town, ada, draft.id, sandbox)
}

#[tokio::test]
async fn a_file_is_what_its_bytes_say_and_what_is_not_taken_leaves_nothing_behind() {
    let (town, ada, draft, _sandbox) = small().await;
    for (name, bytes, says) in [
        ("page.pdf", &b"<!doctype html><script>alert(1)</script>"[..], "web page"),
        ("drawing.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "web page"),
        ("report.docx", b"MZ\x90\x00\x03", "program"),
        ("run.txt", b"#!/bin/sh\nrm -rf /", "program"),
        ("data.bin", b"\x00\x01\x02\x03", "not taken"),
    ] {
        let id = begin(&town.app, &ada, &draft, file(name, bytes.len() as u64)).await.unwrap().id;
        let ActionError::Invalid(faults) = send(&town, &ada, &id, 0, bytes).await.unwrap_err() else {
            panic!("{name}")
        };
        assert!(faults[0].field == "file" && faults[0].message.contains(says), "{name}: {}", faults[0].message);
        assert_eq!(code(arrived(&town.app, &ada, &id).await), "no evidence", "{name}");
    }
    assert!(read(&town.app, &ada, &draft).await.unwrap().evidence.is_empty());
    let renamed = begin(&town.app, &ada, &draft, file("../../etc/cron.d/x.exe", 9)).await.unwrap();
    assert_eq!(renamed.file().unwrap().name, "x.exe");
    send(&town, &ada, &renamed.id, 0, &pdf(9)).await.unwrap();
    assert_eq!(only(&town, &ada, &draft).await.file().unwrap().media, Some(Media::Pdf));
}

#[tokio::test]
async fn a_page_can_not_hide_behind_a_first_part_that_is_too_small_to_be_known() {
    let (town, ada, draft, _sandbox) = small().await;
    let page = b"<html><script>alert(1)</script></html>";
    let id = begin(&town.app, &ada, &draft, file("a.txt", page.len() as u64)).await.unwrap().id;
    send(&town, &ada, &id, 0, &page[..3]).await.unwrap();
    assert_eq!(code(send(&town, &ada, &id, 3, &page[3..]).await), "file");
    assert!(read(&town.app, &ada, &draft).await.unwrap().evidence.is_empty());
}

#[tokio::test]
async fn files_are_no_larger_than_is_allowed_whatever_was_said_of_them() {
    let (town, ada, draft, _sandbox) = small().await;
    for size in [0, 2 * MIB + 1, u64::MAX] {
        assert_eq!(code(begin(&town.app, &ada, &draft, file("a.pdf", size)).await), "file", "{size}");
    }
    let more = begin(&town.app, &ada, &draft, file("a.pdf", 20)).await.unwrap().id;
    assert_eq!(code(send(&town, &ada, &more, 0, &pdf(21)).await), "file", "more than was announced");
    let large = begin(&town.app, &ada, &draft, file("a.pdf", 2 * MIB)).await.unwrap().id;
    assert_eq!(code(send(&town, &ada, &large, 0, &pdf(70_000)).await), "file", "as large as a video and none");
    let mut film = b"\x00\x00\x00\x18ftypmp42".to_vec();
    film.resize(2 * MIB as usize, 7);
    let video = begin(&town.app, &ada, &draft, file("a.mp4", 2 * MIB)).await.unwrap().id;
    assert!(send(&town, &ada, &video, 0, &film).await.unwrap().whole);
    assert_eq!(code(begin(&town.app, &ada, &draft, file("b.pdf", MIB + 1)).await), "file", "too much together");
    begin(&town.app, &ada, &draft, file("b.pdf", MIB)).await.unwrap();
}

#[tokio::test]
async fn nobody_but_the_learner_sends_to_a_draft_and_nobody_else_reads_it_but_those_it_is_for() {
    let (town, ada, draft, _sandbox) = small().await;
    let id = begin(&town.app, &ada, &draft, file("plan.pdf", 99)).await.unwrap().id;
    let enrolment = read(&town.app, &ada, &draft).await.unwrap().enrolled.enrolment.id;
    mentor::give(&town.app, &town.be("oda").await, &enrolment, &town.id("mia").await).await.unwrap();
    let strangers = ["mia", "oda", "sol", "pat", "ned", "lin", "eve"];
    for name in strangers {
        let who = town.be(name).await;
        assert_eq!(code(begin(&town.app, &who, &draft, file("x.pdf", 9)).await), "no submission", "{name}");
        assert_eq!(code(send(&town, &who, &id, 0, &pdf(99)).await), "no evidence", "{name}");
        assert_eq!(code(arrived(&town.app, &who, &id).await), "no evidence", "{name}");
        assert_eq!(code(end(&town.app, &who, &id).await), "no evidence", "{name}");
    }
    send(&town, &ada, &id, 0, &pdf(99)).await.unwrap();
    let sees = async || {
        let mut sees = Vec::new();
        for name in strangers {
            if download(&town.app, &town.be(name).await, &id).await.is_ok() {
                sees.push(name);
            }
        }
        sees
    };
    assert_eq!(sees().await, ["mia"]);
    hand_in(&town.app, &ada, &draft, Some(Text { statement: "Mine", revision: 1 })).await.unwrap();
    let seated = town.seated(&draft).await;
    assert_eq!(sees().await, ["mia", "oda", seated[0].as_str()]);
    town.leaves("ada").await;
    assert_eq!(code(download(&town.app, &ada, &id).await), "unauthenticated");
}

#[tokio::test]
async fn the_doctor_looks_at_the_place_of_evidence() {
    use laurel::actions::doctor::{Health, doctor};
    let sandbox = crate::setup::sqlite().await;
    let mut town = Town::new(sandbox.db.clone()).await;
    for (depot, health) in [(Depot::memory(1_000), Health::Ok), (Depot::memory(3), Health::Fail)] {
        town.app.depot = depot;
        let findings = doctor(&town.app, &Actor::Operator).await.unwrap();
        let finding = findings.iter().find(|finding| finding.what == "evidence").unwrap();
        assert_eq!(finding.health, health, "{}", finding.message);
    }
}

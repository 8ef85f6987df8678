//! Who and what the tests' records are about: one issuer, one program of two levels, and people who get awards.

use jiff::Timestamp;
use laurel::{
    credential::status::Bitstring,
    domain::{
        award::{Award, Visibility},
        issuer::Issuer,
        level::{LevelContent, Program},
        period::Period,
        recipient::Person,
    },
    store::{Conn, Db, awards, issuers, levels, lineages, people, programs, status_lists},
};
use rand::{SeedableRng, rngs::StdRng};

pub const ISSUER: &str = "acme";
pub const PROGRAM: &str = "craft";
pub const FIRST: &str = "craft.practitioner";
pub const SECOND: &str = "craft.master";
pub const LIST: &str = "list1";

/// 2026-01-01T00:00:00Z and so many days.
pub fn day(days: i64) -> Timestamp {
    Timestamp::from_second(1_767_225_600 + days * 86_400).unwrap()
}

pub fn rng(seed: u64) -> StdRng {
    StdRng::seed_from_u64(seed)
}

pub fn issuer() -> Issuer {
    Issuer {
        id: ISSUER.into(),
        did: "did:web:badges.acme.example".into(),
        name: "Acme Works".into(),
        url: "https://acme.example".into(),
        email: Some("badges@acme.example".into()),
        linkedin_id: None,
        time_zone: "Europe/Berlin".into(),
        show_revocation_reason: false,
    }
}

pub fn program() -> Program {
    Program {
        id: PROGRAM.into(),
        issuer_id: ISSUER.into(),
        name: "Craft".into(),
        description: "Things made well.".into(),
        accent: "#2F5D3A".into(),
    }
}

pub fn content(name: &str) -> LevelContent {
    LevelContent {
        name: name.into(),
        description: format!("{name} of the craft."),
        criteria: "- makes things\n- makes them well".into(),
        image: "0".repeat(64),
        tags: vec!["craft".into()],
        alignments: Vec::new(),
        competencies: Vec::new(),
        rubric: None,
        validity: Period::parse("P2Y").ok(),
        renewal_window: Period::parse("P90D").ok(),
        ..LevelContent::default()
    }
}

/// Published at `at` to count at once, with nothing said about it.
pub fn release(at: Timestamp) -> levels::Release<'static> {
    levels::Release { at, by: "operator", summary: None, approved_by: None, starts_at: at, transition_until: at }
}

/// The bytes of a publication, told apart by `mark`.
pub fn publication(mark: &str, at: Timestamp) -> status_lists::Publication {
    status_lists::Publication {
        json: format!("{{\"mark\":\"{mark}\"}}").into_bytes(),
        gzip: mark.as_bytes().to_vec(),
        etag: format!("\"{mark}\""),
        at,
    }
}

/// Issuer, program, two levels and an open status list, committed.
pub async fn company(db: &Db) {
    let mut conn = db.write().await.unwrap();
    issuers::insert(&mut conn, &issuer(), day(0)).await.unwrap();
    programs::upsert(&mut conn, &program(), 1, day(0)).await.unwrap();
    for (id, position, name) in [(FIRST, 1, "Practitioner"), (SECOND, 2, "Master")] {
        levels::upsert_version(&mut conn, PROGRAM, id, position, &content(name), &release(day(0))).await.unwrap();
    }
    open_list(&mut conn, LIST).await;
    conn.commit().await.unwrap();
}

pub async fn open_list(conn: &mut Conn, id: &str) {
    assert!(status_lists::insert(conn, id, ISSUER, "revocation", &publication("zero", day(0))).await.unwrap());
}

pub async fn person(conn: &mut Conn, name: &str, team: Option<&str>) -> Person {
    let email = format!("{}@acme.example", name.to_lowercase());
    let said = people::Said { email: &email, name, team, name_public: Some(true) };
    people::upsert(conn, &format!("person-{name}"), &said, day(0)).await.unwrap()
}

/// An award of `level` to `who`, not yet stored: public, from `day(0)` for a year, on the next free index of `LIST`.
pub async fn award(conn: &mut Conn, id: &str, who: &Person, level: &str) -> Award {
    let lineage = format!("lineage-{}-{level}", who.id);
    let lineage = lineages::find_or_create(conn, &lineage, &who.id, level, day(0)).await.unwrap();
    let seed = id.bytes().fold(7, |seed, byte| seed * 31 + u64::from(byte));
    let index = status_lists::allot(conn, LIST, 1, &mut rng(seed)).await.unwrap()[0];
    Award {
        id: id.into(),
        lineage_id: lineage.id,
        issuer_id: ISSUER.into(),
        person_id: who.id.clone(),
        level_id: level.into(),
        level_version: 1,
        valid_from: day(0),
        valid_until: Some(day(365)),
        issued_at: day(0),
        verification_method: "did:web:badges.acme.example#key-1".into(),
        subject_id: format!("urn:uuid:{id}"),
        salt: "00ff".into(),
        narrative: None,
        evidence_url: None,
        evidence: Vec::new(),
        endorsement: None,
        results: None,
        visibility: Visibility::Public,
        status_list_id: LIST.into(),
        status_index: index,
        renews: None,
        superseded_by: None,
        revoked_at: None,
        revocation_reason: None,
        suspended_at: None,
        suspension_reason: None,
        resumed_at: None,
        credential: format!("{{\"id\":\"{id}\"}}"),
    }
}

/// The same, stored.
pub async fn awarded(conn: &mut Conn, id: &str, who: &Person, level: &str) -> Award {
    let award = award(conn, id, who, level).await;
    awards::insert(conn, &award).await.unwrap();
    award
}

/// A bitstring with these bits set.
pub fn bits(set: &[u32]) -> Bitstring {
    let mut bits = Bitstring::new();
    for index in set {
        bits.set(*index).unwrap();
    }
    bits
}

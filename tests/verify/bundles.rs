//! What is kept of a verification comes back as it was, or not at all. How it is saved and judged again is in tests/bundle.rs.

use laurel::credential::bundle::{self, Bundle, BundleError, Kept, Member};
use laurel::credential::context::CONTEXTS;
use sha2::{Digest, Sha256};

use super::*;

const PAGE: &str = "https://badges.example.org/issuers/1";
const AWAY: &str = "https://registry.example/list.json";

fn looked_up() -> Evidence {
    let mut evidence = evidence();
    evidence.put(Need::IssuerProfile(PAGE.into()), Found::Document(b"<html>".to_vec(), at("2026-11-24T12:00:00Z")));
    evidence.put(Need::Json(AWAY.into()), Found::Unavailable("the server did not answer".into()));
    evidence.put(Need::EntityStatement(AWAY.into()), Found::Document(b"eyJ.e.s".to_vec(), at("2026-11-24T11:00:00Z")));
    evidence
}

fn members_of(badge: &[u8], document: &[u8], evidence: &Evidence, email: Option<&str>) -> Vec<Member> {
    bundle::members(&Kept { badge, document, evidence, checked_at: now(), email, report: b"{}" })
}

fn members() -> Vec<Member> {
    let badge = signed(&facts()).to_string();
    members_of(badge.as_bytes(), badge.as_bytes(), &looked_up(), None)
}

fn names(members: &[Member]) -> Vec<&str> {
    members.iter().map(|member| member.name.as_str()).collect()
}

fn text(member: &Member) -> String {
    String::from_utf8(member.bytes.clone()).unwrap()
}

fn manifest(members: &[Member]) -> Value {
    serde_json::from_slice(&members[0].bytes).unwrap()
}

/// The members with a manifest that was changed.
fn read_with(change: impl FnOnce(&mut Value)) -> Result<Bundle, BundleError> {
    let mut members = members();
    let mut manifest = manifest(&members);
    change(&mut manifest);
    members[0].bytes = manifest.to_string().into_bytes();
    bundle::read(members)
}

#[test]
fn what_was_kept_comes_back_as_it_was() {
    let kept = members();
    assert_eq!(kept, members(), "byte for byte");
    assert_eq!(
        names(&kept),
        [
            "manifest.json",
            "README.txt",
            "badge.json",
            "evidence/01-did-document.json",
            "evidence/02-status-list.json",
            "evidence/03-issuer-profile.svg",
            "evidence/05-entity-statement.jwt",
            "contexts/01.jsonld",
            "contexts/02.jsonld",
            "contexts/03.jsonld",
            "contexts/04.jsonld",
            "contexts/05.jsonld",
            "report.json",
        ]
    );
    for (member, entry) in kept[1..].iter().zip(manifest(&kept)["members"].as_array().unwrap()) {
        let hash: String = Sha256::digest(&member.bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(*entry, json!({"name": member.name, "bytes": member.bytes.len(), "sha256": hash}));
    }
    let back = bundle::read(kept).unwrap();
    assert_eq!(back.badge, signed(&facts()).to_string().into_bytes());
    assert_eq!((back.checked_at, back.email, back.other_contexts), (now(), None, Vec::new()));
    assert_eq!(back.evidence.iter().collect::<Vec<_>>(), looked_up().iter().collect::<Vec<_>>());
    let with_email = members_of(b"{}", b"{}", &Evidence::new(), Some(EMAIL));
    assert_eq!(bundle::read(with_email).unwrap().email.as_deref(), Some(EMAIL));
}

#[test]
fn a_file_has_the_ending_of_what_is_in_it() {
    for (badge, ending) in [
        (&b"\x89PNG\r\n"[..], "png"),
        (b" <svg/>", "svg"),
        (b"\n{}", "json"),
        (b"[]", "json"),
        (b"eyJ.e.s", "jwt"),
        (b"https://a.example/1", "txt"),
        (b"", "txt"),
    ] {
        assert_eq!(names(&members_of(badge, badge, &Evidence::new(), None))[2], format!("badge.{ending}"));
    }
}

#[test]
fn the_contexts_that_its_documents_name_are_kept_with_it() {
    let contexts = |document: &[u8]| -> Vec<String> {
        let members = members_of(document, document, &Evidence::new(), None);
        let manifest = manifest(&members);
        let held = manifest["contexts"].as_array().unwrap().iter().map(|entry| {
            let url = entry["url"].as_str().unwrap();
            let member = members.iter().find(|member| entry["member"] == member.name.as_str()).unwrap();
            let (_, text) = CONTEXTS.iter().find(|(held, _)| *held == url).unwrap();
            assert_eq!(member.bytes, text.as_bytes(), "{url}");
            url.to_owned()
        });
        held.collect()
    };
    const V2: &str = "https://www.w3.org/ns/credentials/v2";
    const DID_V1: &str = "https://www.w3.org/ns/did/v1";
    let nested =
        json!({"a": [{"@context": ["https://other.example", DID_V1, {"@import": V2}]}], "b": {"@context": V2}});
    assert_eq!(contexts(nested.to_string().as_bytes()), [V2, DID_V1], "in the order they are held here");
    assert_eq!(contexts(json!({"context": V2, "x": [V2]}).to_string().as_bytes()), Vec::<String>::new());
    let person = parts::Person::new(9);
    assert_eq!(contexts(person.jws("JWT", &json!({"@context": [V2]})).as_bytes()), [V2]);
    assert_eq!(contexts(b"<svg/>"), Vec::<String>::new());

    // One in another wording is told of.
    let mut kept = members();
    let at = kept.iter().position(|member| member.name == "contexts/01.jsonld").unwrap();
    kept[at].bytes = b"{}".to_vec();
    let mut changed = manifest(&kept);
    let hash: String = Sha256::digest(b"{}").iter().map(|byte| format!("{byte:02x}")).collect();
    changed["members"][at - 1] = json!({"name": kept[at].name, "bytes": 2, "sha256": hash});
    let url = changed["contexts"][0]["url"].as_str().unwrap().to_owned();
    kept[0].bytes = changed.to_string().into_bytes();
    assert_eq!(bundle::read(kept).unwrap().other_contexts, [url]);
}

#[test]
fn an_archive_that_is_not_as_its_manifest_says_is_refused() {
    let mut altered = members();
    altered[2].bytes.push(b' ');
    assert_eq!(bundle::read(altered).unwrap_err(), BundleError::Altered("badge.json".into()));
    let mut moved = members();
    moved.swap(1, 2);
    assert_eq!(bundle::read(moved).unwrap_err(), BundleError::Misplaced("README.txt".into()));
    let mut more = members();
    more.push(Member { name: "more.txt".into(), bytes: Vec::new() });
    assert_eq!(bundle::read(more).unwrap_err(), BundleError::Misplaced("more.txt".into()));
    let mut less = members();
    less.pop();
    assert_eq!(bundle::read(less).unwrap_err(), BundleError::Misplaced("report.json".into()));
    assert_eq!(bundle::read(members()[1..].to_vec()).unwrap_err(), BundleError::NoManifest);
    assert_eq!(bundle::read(Vec::new()).unwrap_err(), BundleError::NoManifest);

    let why = |change: fn(&mut Value)| read_with(change).unwrap_err();
    let broken = |why: &str| BundleError::Manifest(why.to_owned());
    assert_eq!(why(|it| it["format"] = json!("other")), broken("its format is not laurel-verification"));
    assert_eq!(why(|it| it["version"] = json!(2)), BundleError::Version("2".into()));
    assert_eq!(why(|it| drop(it.as_object_mut().unwrap().remove("version"))), broken("it has no version"));
    assert_eq!(why(|it| it["badge"] = json!("badge.png")), BundleError::Misplaced("badge.png".into()));
    let told = "it does not say what came of did:web:badges.example.org";
    assert_eq!(why(|it| it["evidence"][0]["unavailable"] = json!("both")), broken(told));
    assert_eq!(why(|it| drop(it["evidence"][0].as_object_mut().unwrap().remove("read"))), broken(told));
    // What was read at the very moment is no newer than the check; a second later is.
    assert!(read_with(|it| it["evidence"][0]["read"]["at"] = json!("2026-11-24T12:00:00Z")).is_ok());
    let late = why(|it| it["evidence"][0]["read"]["at"] = json!("2026-11-24T12:00:01Z"));
    assert_eq!(late, broken("it has evidence that is newer than itself"));
}

#[test]
fn the_readme_tells_what_is_in_it() {
    let readme = text(&members()[1]);
    for line in [
        "Checked on 24 November 2026 at 12:00 UTC.",
        "badge.json      the badge as it was handed in",
        "  evidence/01-did-document.json\n    the issuer's keys, did:web:badges.example.org, read on 24 November 2026 at 11:59 UTC",
        "  (none)\n    a document the badge leads to, https://registry.example/list.json, could not be read: the server did not answer",
        "No e-mail address that was asked about is in here.",
    ] {
        assert!(readme.contains(line), "{line}: {readme}");
    }
    let alone = text(&members_of(b"{}", b"{}", &Evidence::new(), Some(EMAIL))[1]);
    assert!(alone.contains("(nothing was needed)") && alone.contains("that was asked about is in manifest.json."));
}

#[test]
fn the_limits_of_an_archive_are_those_of_the_documentation() {
    let mib = |bytes: usize| {
        assert_eq!(bytes % (1 << 20), 0);
        bytes >> 20
    };
    let (most, member, total) = (bundle::MOST_MEMBERS, mib(bundle::LARGEST_MEMBER), mib(bundle::LARGEST_TOTAL));
    let documented = format!("At most {most} members of {member} MiB, {total} MiB together");
    assert!(include_str!("../../docs/VERIFYING.md").contains(&documented), "{documented}");
}

//! A saved check: what is in the archive, that it is judged again without a network, and that one which was tampered with is refused.

use crate::cast::{ADA, BASE_URL, PROFESSIONAL, Site};
use jiff::Timestamp;
use laurel::{
    actions::{
        bundle::{Rejudged, Time, keep, rejudge},
        verify::verify_whole,
    },
    credential::{
        bundle::{LARGEST_MEMBER, LARGEST_TOTAL, MOST_MEMBERS, Member},
        verify::{CheckName, KnownIssuer, Verdict},
    },
    outside::archive::{LARGEST_ARCHIVE, pack, unpack},
};
use reqwest::{Method, Response, StatusCode};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const DID: &str = "did:web:badges.acme.example";

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn trusted() -> [KnownIssuer; 1] {
    [KnownIssuer { id: DID.into(), name: "Acme".into(), ..KnownIssuer::default() }]
}

/// The saved check, judged again when it was made.
fn again(archive: &[u8]) -> Rejudged {
    rejudge(archive, None, &trusted(), Time::Now(at("2026-11-24T12:00:00Z"))).unwrap()
}

fn status(rejudged: &Rejudged) -> &str {
    &rejudged.verification.report.check(CheckName::Status).unwrap().message
}

fn refusal(archive: &[u8]) -> String {
    rejudge(archive, None, &trusted(), Time::Now(at("2026-11-24T12:00:00Z"))).unwrap_err().to_string()
}

async fn save(site: &Site, fields: &[(&str, &str)]) -> Response {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let sent = site.request(Method::POST, "/verify/bundle").header("content-type", "application/x-www-form-urlencoded");
    sent.body(body).send().await.unwrap()
}

/// The members of a badge's archive, and the archive.
async fn saved(site: &Site) -> (Vec<Member>, Vec<u8>) {
    let award = site.award(ADA, PROFESSIONAL, "link").await;
    let archive = save(site, &[("link", &format!("{BASE_URL}/badges/{}", award.id))]).await.bytes().await.unwrap();
    (unpack(&archive).unwrap(), archive.to_vec())
}

/// The archive of the members with their hashes and sizes as they are now.
fn repacked(mut members: Vec<Member>, change: impl FnOnce(&mut Value)) -> Vec<u8> {
    let mut manifest: Value = serde_json::from_slice(&members[0].bytes).unwrap();
    let entry = |member: &Member| {
        let sha256: String = Sha256::digest(&member.bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        json!({"name": member.name, "bytes": member.bytes.len(), "sha256": sha256})
    };
    manifest["members"] = members[1..].iter().map(entry).collect();
    change(&mut manifest);
    members[0].bytes = serde_json::to_vec(&manifest).unwrap();
    pack(&members).unwrap()
}

fn place(members: &[Member], end: &str) -> usize {
    members.iter().position(|member| member.name.contains(end)).unwrap()
}

#[tokio::test]
async fn a_badge_of_ours_in_every_form_is_saved_and_judged_again_without_anything_else() {
    let site = Site::open().await;
    let award = site.award(ADA, PROFESSIONAL, "link").await;
    let path = format!("/badges/{}", award.id);
    let form = save(&site, &[("link", &format!("{BASE_URL}{path}"))]).await;
    assert_eq!(form.status(), StatusCode::OK);
    assert_eq!(form.headers()["content-type"], "application/zip");
    assert_eq!(form.headers()["cache-control"], "no-store");
    assert!(form.headers()["content-disposition"].to_str().unwrap().starts_with("attachment"));
    let by_link = form.bytes().await.unwrap();
    let written = site.written().await;
    assert_eq!(save(&site, &[("link", &format!("{BASE_URL}{path}"))]).await.bytes().await.unwrap(), by_link);
    assert_eq!(site.written().await, written, "nothing is kept");

    for (suffix, name) in [("json", "badge.json"), ("jwt", "badge.jwt"), ("png", "badge.png"), ("jwt.svg", "badge.svg")]
    {
        let badge = site.get(&format!("{path}.{suffix}")).await.bytes().await.unwrap();
        let judged = verify_whole(&site.app, &badge, None).await.unwrap();
        let archive = keep(&judged, &badge, None).unwrap();
        assert_eq!(archive, keep(&judged, &badge, None).unwrap(), "the same check is the same bytes");
        let members = unpack(&archive).unwrap();
        let names: Vec<&str> = members.iter().map(|member| member.name.as_str()).collect();
        assert_eq!(names[..3], ["manifest.json", "README.txt", name], "{suffix}");
        assert_eq!(names.last(), Some(&"report.json"));
        assert!(names.contains(&"evidence/01-did-document.json"), "{names:?}");
        assert_eq!(members[2].bytes, badge, "as it was handed in");
        if suffix == "json" {
            assert_eq!(archive, by_link, "the page gives the same");
        }
        let report: Value = serde_json::from_slice(&members.last().unwrap().bytes).unwrap();
        assert_eq!(report["verdict"], "valid");
        let rejudged = again(&archive);
        assert_eq!(rejudged.verification.report.verdict, Verdict::Valid, "{:?}", rejudged.verification.report.checks);
        assert_eq!(rejudged.verification.report.claims, judged.verification.report.claims);
        assert!(status(&rejudged).contains("status as of 24 November 2026 at 12:00 UTC"), "{}", status(&rejudged));
        assert!(rejudged.other_contexts.is_empty() && names.contains(&"contexts/01.jsonld"));
    }
}

#[tokio::test]
async fn dates_are_judged_for_today_and_the_status_as_of_the_day_it_was_saved() {
    let site = Site::open().await;
    let award = site.award(ADA, PROFESSIONAL, "link").await;
    let link = format!("{BASE_URL}/badges/{}", award.id);
    let before = save(&site, &[("link", &link)]).await.bytes().await.unwrap();
    site.post(&format!("/api/v1/awards/{}/revoke", award.id), &json!({"reason": "A mistake"})).await;
    let after = save(&site, &[("link", &link)]).await.bytes().await.unwrap();
    let told = |archive: &[u8], time| {
        let report = rejudge(archive, None, &trusted(), time).unwrap().verification.report;
        (report.verdict, report.checked_at)
    };
    let (noon, years) = (at("2026-11-24T12:00:00Z"), at("2029-06-01T00:00:00Z"));
    assert_eq!(told(&before, Time::Now(noon)), (Verdict::Valid, noon), "what was not known is not told");
    assert_eq!(told(&before, Time::Now(years)), (Verdict::Attention, years), "expired since");
    assert_eq!(told(&before, Time::WhenKept(years)), (Verdict::Valid, noon));
    assert_eq!(told(&after, Time::Now(noon)), (Verdict::Invalid, noon));
    assert_eq!(told(&after, Time::WhenKept(years)), (Verdict::Invalid, noon));
    let early = rejudge(&before, None, &trusted(), Time::Now(at("2026-11-24T11:00:00Z"))).unwrap_err().to_string();
    assert!(early.contains("still to come"), "{early}");
    let unknown = rejudge(&before, None, &[], Time::Now(noon)).unwrap();
    assert_eq!(unknown.verification.report.verdict, Verdict::Attention, "who is trusted is not in the archive");
}

#[tokio::test]
async fn the_e_mail_address_is_saved_only_when_that_is_wanted() {
    let site = Site::open().await;
    let award = site.award(ADA, PROFESSIONAL, "link").await;
    let badge = site.get(&format!("/badges/{}.json", award.id)).await.bytes().await.unwrap();
    let holds = |archive: &[u8]| {
        let text = |member: &Member| String::from_utf8_lossy(&member.bytes).contains(ADA.email);
        unpack(archive).unwrap().iter().any(text)
    };
    let link = format!("{BASE_URL}/badges/{}", award.id);
    let by_page = save(&site, &[("link", &link), ("email", ADA.email)]).await.bytes().await.unwrap();
    let judged = verify_whole(&site.app, &badge, Some(ADA.email)).await.unwrap();
    let without = keep(&judged, &badge, None).unwrap();
    let with = keep(&judged, &badge, Some(ADA.email)).unwrap();
    assert_eq!((holds(&by_page), holds(&without), holds(&with)), (false, false, true));
    let recipient =
        |rejudged: Rejudged| rejudged.verification.report.check(CheckName::Recipient).map(|check| check.code.clone());
    assert_eq!(recipient(again(&without)), None);
    assert_eq!(recipient(again(&with)).as_deref(), Some("recipient_matches"));
    let other = rejudge(&with, Some("bob@example.com"), &trusted(), Time::Now(at("2026-11-24T12:00:00Z"))).unwrap();
    assert_eq!(recipient(other).as_deref(), Some("recipient_differs"));
}

#[tokio::test]
async fn whatever_is_altered_missing_added_or_moved_is_refused_in_one_sentence() {
    let site = Site::open().await;
    let (members, archive) = saved(&site).await;
    assert_eq!(again(&archive).verification.report.verdict, Verdict::Valid);
    let refused = |members: Vec<Member>, why: &str| {
        let told = refusal(&pack(&members).unwrap());
        assert!(told.contains(why) && !told.contains('\n'), "{why}: {told}");
    };
    for at in 1..members.len() {
        let mut altered = members.clone();
        altered[at].bytes[0] ^= 1;
        refused(altered, "was altered");
        let mut longer = members.clone();
        longer[at].bytes.push(b' ');
        refused(longer, "was altered");
        let mut missing = members.clone();
        missing.remove(at);
        refused(missing, "is not where it should be");
        let mut moved = members.clone();
        moved.swap(at, at.max(2) - 1);
        if moved != members {
            refused(moved, "is not where it should be");
        }
        let mut renamed = members.clone();
        renamed[at].name.push('x');
        refused(renamed, "is not where it should be");
    }
    let more = Member { name: "more.txt".into(), bytes: b"x".to_vec() };
    refused([members.clone(), vec![more.clone()]].concat(), "more.txt is not where");
    refused([vec![more], members.clone()].concat(), "first member is not manifest.json");
    refused(members[1..].to_vec(), "first member is not manifest.json");
    let manifest = |change: fn(&mut Value)| refusal(&repacked(members.clone(), change));
    for (change, why) in [
        ((|it| it["version"] = json!(2)) as fn(&mut Value), "has version 2"),
        (|it| it["version"] = json!("1"), "has version \"1\""),
        (|it| it["format"] = json!("zip"), "its format is not"),
        (|it| it["colour"] = json!("red"), "colour"),
        (|it| it["checked_at"] = json!("2026-11-24T11:00:00Z"), "newer than itself"),
        (|it| it["checked_at"] = json!("2027-11-24T11:00:00Z"), "still to come"),
        (|it| it["evidence"][0]["need"] = json!("wish"), "unknown variant"),
        (|it| it["evidence"][0]["unavailable"] = json!("lost"), "does not say what came of"),
        (|it| it["evidence"][0]["read"]["member"] = json!("../../etc/passwd"), "is not where it should be"),
        (|it| it["badge"] = json!("none.json"), "none.json is not where it should be"),
    ] {
        let told = manifest(change);
        assert!(told.contains(why) && !told.contains('\n'), "{why}: {told}");
    }
    let mut unread = members.clone();
    unread[0].bytes = b"{".to_vec();
    refused(unread, "can't be read");
}

#[tokio::test]
async fn a_badge_that_was_changed_together_with_its_hash_is_found_out_by_its_signature() {
    let site = Site::open().await;
    let (mut members, _) = saved(&site).await;
    let context = place(&members, "contexts/01");
    members[context].bytes.push(b' ');
    let other = again(&repacked(members.clone(), |_| {}));
    assert_eq!(other.other_contexts, ["https://www.w3.org/ns/credentials/v2"], "a context of another wording is told");
    assert_eq!(other.verification.report.verdict, Verdict::Valid, "and never used");
    let told = repacked(members.clone(), |it| it["contexts"][0]["url"] = json!("https://evil.example/context"));
    assert_eq!(again(&told).other_contexts, ["https://evil.example/context"]);

    let badge = place(&members, "badge.json");
    let text = String::from_utf8(members[badge].bytes.clone()).unwrap();
    members[badge].bytes = text.replace("Builds well alone", "Rules all alone").into_bytes();
    let report = again(&repacked(members.clone(), |_| {})).verification.report;
    assert_eq!((report.verdict, report.claims), (Verdict::Invalid, None));
    members[badge].bytes = text.into_bytes();
    let keys = place(&members, "did-document");
    members[keys].bytes = b"{}".to_vec();
    assert_ne!(again(&repacked(members, |_| {})).verification.report.verdict, Verdict::Valid);
}

#[test]
fn an_archive_that_is_none_or_a_bomb_is_refused_within_its_limits() {
    let member = |name: &str, bytes: Vec<u8>| Member { name: name.into(), bytes };
    let good = pack(&[member("aa.txt", b"one".to_vec()), member("ab.txt", b"two".to_vec())]).unwrap();
    assert_eq!(unpack(&good).unwrap().len(), 2);
    let renamed = |from: &str, to: &str| {
        let mut bytes = good.clone();
        let places: Vec<usize> =
            (0..bytes.len() - from.len()).filter(|at| bytes[*at..].starts_with(from.as_bytes())).collect();
        assert_eq!(places.len(), 2, "in the header and in the directory");
        places.into_iter().for_each(|at| bytes[at..at + to.len()].copy_from_slice(to.as_bytes()));
        bytes
    };
    let told = |bytes: &[u8]| unpack(bytes).unwrap_err().to_string();
    assert!(told(&renamed("ab.txt", "aa.txt")).contains("two members of one name"));
    for name in ["../abc", "/abcde", "a/../b", ".hiddn", "a//bcd", "a\\..\\b", "C:\\abc", "a/b/..", "abcde/", "ab\0cde"]
    {
        assert_eq!(name.len(), 6, "{name}");
        assert!(
            told(&renamed("ab.txt", name)).contains("not a plain path"),
            "{name}: {}",
            told(&renamed("ab.txt", name))
        );
    }
    for (what, bytes) in [
        ("nothing", vec![]),
        ("text", b"not an archive, but some text".to_vec()),
        ("cut short", good[..good.len() - 1].to_vec()),
        ("a comment", [&good[..], b"x"].concat()),
        ("something before it", [b"x", &good[..]].concat()),
        ("an end alone", [&b"PK\x05\x06"[..], &[0; 18]].concat()),
    ] {
        assert!(told(&bytes).contains("not a whole ZIP archive"), "{what}: {}", told(&bytes));
    }
    let mut broken = good.clone();
    let body = good.windows(6).position(|bytes| bytes == b"aa.txt").unwrap() + 6;
    broken[body + 1] ^= 0x55;
    assert!(told(&broken).contains("aa.txt can't be unpacked"), "{}", told(&broken));
    let mut many = good.clone();
    let count = many.len() - 12;
    many[count..count + 2].copy_from_slice(&65u16.to_le_bytes());
    assert!(told(&many).contains(&format!("more than {MOST_MEMBERS}")));
    assert!(told(&vec![0; LARGEST_ARCHIVE + 1]).contains("larger than"));

    let bomb = |sizes: &[usize]| {
        use std::io::Write;
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (at, size) in sizes.iter().enumerate() {
            writer.start_file(format!("m{at}"), zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(&vec![0; *size]).unwrap();
        }
        writer.finish().unwrap().into_inner()
    };
    let large = bomb(&[LARGEST_MEMBER + 1]);
    assert!(large.len() < 8 * 1024, "two MiB out of {} bytes", large.len());
    assert!(told(&large).contains("m0 has more than"));
    let mut lying = large.clone();
    let size = (LARGEST_MEMBER as u32 + 1).to_le_bytes();
    for at in 0..lying.len() - 4 {
        if lying[at..at + 4] == size {
            lying[at..at + 4].copy_from_slice(&9u32.to_le_bytes());
        }
    }
    assert!(unpack(&lying).is_err(), "whatever size it says it has");
    let nine = bomb(&[LARGEST_MEMBER; LARGEST_TOTAL / LARGEST_MEMBER + 1]);
    assert!(told(&nine).contains("together"));
    assert!(told(&bomb(&[1; MOST_MEMBERS + 1])).contains("more than"));
    assert_eq!(unpack(&bomb(&[LARGEST_MEMBER])).unwrap()[0].bytes.len(), LARGEST_MEMBER);
    assert!(pack(&[member("m", vec![0; LARGEST_MEMBER + 1])]).is_err());
    assert!(pack(&vec![member("m", vec![]); MOST_MEMBERS + 1]).is_err());
    assert!(pack(&[member("m", vec![]), member("m", vec![])]).is_err());
}

#[test]
fn what_judges_a_saved_check_names_no_fetcher_and_no_database() {
    for source in [include_str!("../src/cli/offline.rs"), include_str!("../src/actions/bundle.rs")] {
        for forbidden in ["fetch::", "Fetcher", "store", "open::", "App"] {
            assert!(!source.contains(forbidden), "{forbidden}");
        }
    }
}

#[tokio::test]
async fn nothing_to_save_is_told_on_the_page() {
    let site = Site::open().await;
    for (fields, status, why) in [
        (&[][..], StatusCode::UNPROCESSABLE_ENTITY, "Give a link"),
        (
            &[("link", "https://elsewhere.example/badges/x")],
            StatusCode::UNPROCESSABLE_ENTITY,
            "does not lead to a badge",
        ),
        (&[("text", "not a badge")], StatusCode::CONFLICT, "no badge in it"),
    ] {
        let answer = save(&site, fields).await;
        assert_eq!(answer.status(), status, "{fields:?}");
        let text = answer.text().await.unwrap();
        assert!(text.contains(why), "{fields:?}: {text}");
    }
    let altered = save(&site, &[("text", "{\"not\": \"a badge\"}")]).await.bytes().await.unwrap();
    assert_eq!(again(&altered).verification.report.verdict, Verdict::Invalid, "that it is none can be saved too");
}

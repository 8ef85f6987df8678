//! Hosted badges: proved by their own address, where their issuer lets them stand.

use proptest::prelude::*;

use super::*;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    #[test]
    fn any_json_in_the_place_of_a_part_of_any_document_gets_an_answer(
        (address, part) in proptest::sample::select(vec![
            (BADGE, ""), (BADGE, "/@context"), (BADGE, "/id"), (BADGE, "/type"), (BADGE, "/recipient"), (BADGE, "/badge"),
            (BADGE, "/verification"), (BADGE, "/issuedOn"), (BADGE, "/expires"), (BADGE, "/evidence"), (CLASS, ""), (CLASS, "/id"),
            (CLASS, "/name"), (CLASS, "/issuer"), (CLASS, "/alignment"), (CLASS, "/criteria"), (ISSUER, ""), (ISSUER, "/id"),
            (ISSUER, "/name"), (ISSUER, "/url"),
        ]),
        value in crate::verify::format::any_json(),
    ) {
        let site = site_with(address, |document| *document.pointer_mut(part).unwrap() = value);
        report_of(assertion().to_string().as_bytes(), &site, Some(EMAIL));
        report_of(&site[BADGE].clone(), &site, Some(EMAIL));
    }
}

#[test]
fn a_hosted_badge_is_valid_by_its_own_address() {
    let badge = assertion();
    let report = report_of(badge.to_string().as_bytes(), &site(), None);
    assert_eq!(told(&report), "Valid: well_formed hosted issuer_known in_force within_dates");
    assert_eq!(report.standard.as_deref(), Some("Open Badges 2.0"));
    let claims = report.claims.unwrap();
    assert_eq!((claims.name.as_str(), claims.issuer_id.as_str()), ("Welder", ISSUER));
    assert_eq!((claims.credential_id.as_str(), claims.achievement_id.as_str()), (BADGE, CLASS));
    assert_eq!(claims.evidence[0].narrative.as_deref(), Some("Held two tonnes."));
    assert_eq!(claims.alignments[0].url, "https://skills.example/7");
    assert_eq!(claims.criteria_narrative.as_deref(), Some("One seam, pulled apart."));
    assert_eq!(claims.document, badge);
    let (_, rounds) = gather(badge.to_string().as_bytes(), &site());
    assert_eq!(rounds, [[BADGE], [CLASS], [ISSUER]]);
}

#[test]
fn the_report_names_the_standard_of_a_badge_of_today_too() {
    assert_eq!(ask(&signed(&facts()), &evidence(), now()).standard.as_deref(), Some("Open Badges 3.0"));
    assert_eq!(judge(b"{}", &evidence(), now(), &Asked::default()).standard, None);
    let site = site_with(BADGE, |badge| {
        badge["@context"] = json!("https://purl.imsglobal.org/spec/ob/v2p1/ob_v2p1.jsonld");
    });
    let report = report_of(&site[BADGE].clone(), &site, None);
    assert_eq!(report.standard.as_deref(), Some("Open Badges 2.1"));
}

#[test]
fn a_copy_that_says_anything_else_is_altered() {
    for (pointer, value) in [
        ("/recipient/identity", json!("mallory@example.org")),
        ("/recipient/hashed", json!(false)),
        ("/issuedOn", json!("2025-02-03T09:00:00+01:00")),
        ("/expires", json!("2099-01-01")),
        ("/narrative", json!("Ten years in the workshop.")),
        ("/evidence/0/name", json!("A bridge")),
        ("/badge", json!("https://a.example/classes/master.json")),
        ("/badge", json!({"type": "BadgeClass", "id": CLASS, "name": "Master Welder"})),
        (
            "/badge",
            json!({"type": "BadgeClass", "id": CLASS, "name": "Welder", "issuer": {"id": ISSUER, "name": "Better Works"}}),
        ),
        ("/evidence", json!([{"id": "https://a.example/work/3"}, {"id": "https://b.example/work/4"}])),
    ] {
        let mut copy = assertion();
        *copy.pointer_mut(pointer).unwrap() = value.clone();
        let told = told_of(&copy, &site());
        assert!(told.starts_with("Invalid: well_formed !altered ?not_looked_at"), "{pointer} {value}: {told}");
    }
    let mut copy = assertion();
    copy["more"] = json!(1);
    assert!(told_of(&copy, &site()).starts_with("Invalid: well_formed !altered"));
}

#[test]
fn a_copy_may_say_less_or_the_same_in_other_words() {
    let mut copy = assertion();
    copy["issuedOn"] = json!("2026-02-03T08:00:00Z");
    copy["type"] = json!(["Assertion"]);
    copy["verification"] = json!({"type": "hosted"});
    copy["badge"] = class();
    copy["badge"]["issuer"] = profile();
    copy.as_object_mut().unwrap().shift_remove("narrative");
    let report = report_of(copy.to_string().as_bytes(), &site(), None);
    assert_eq!(report.verdict, Verdict::Valid, "{}", told(&report));
    // What is told is what stands at the address.
    assert_eq!(report.claims.unwrap().narrative.as_deref(), Some("Two weeks in the workshop."));
}

#[test]
fn a_class_written_out_at_the_address_counts_and_a_profile_never_does() {
    let written = site_with(BADGE, |badge| {
        badge["badge"] = class();
        badge["badge"]["issuer"] = json!({"id": ISSUER, "type": "Issuer", "name": "Anything"});
    });
    let badge = written[BADGE].clone();
    let (_, rounds) = gather(&badge, &written);
    assert_eq!(rounds, [[BADGE], [ISSUER]]);
    // The copy repeats a name of the issuer that the issuer does not bear.
    assert!(told(&report_of(&badge, &written, None)).starts_with("Valid:"));
    assert_eq!(report_of(&badge, &written, None).claims.unwrap().issuer_name.as_deref(), Some("Example Works"));

    // Someone else's site says that the issuer lets it.
    let stolen = "https://b.example/badges/17";
    let mut forged = assertion();
    forged["id"] = json!(stolen);
    forged["badge"] = class();
    forged["badge"]["issuer"] = profile();
    forged["badge"]["issuer"]["verification"] = json!({"allowedOrigins": ["b.example"]});
    let mut web = site();
    web.insert(stolen.into(), forged.to_string().into_bytes());
    assert!(told_of(&forged, &web).starts_with("Invalid: well_formed !out_of_scope"));
}

#[test]
fn where_badges_may_stand_is_for_the_issuer_to_say() {
    let elsewhere = "https://badges.b.example/17";
    let mut badge = assertion();
    badge["id"] = json!(elsewhere);
    let told = |rules: Option<Value>| {
        let mut web = site_with(ISSUER, |profile| {
            if let Some(rules) = rules {
                profile["verification"] = rules;
            }
        });
        web.insert(elsewhere.into(), badge.to_string().into_bytes());
        told_of(&badge, &web)
    };
    for inside in [
        json!({"allowedOrigins": "badges.b.example"}),
        json!({"startsWith": ["https://x.example/", "https://badges.b.example/"]}),
    ] {
        assert!(told(Some(inside.clone())).starts_with("Valid:"), "{inside}");
    }
    for outside in [
        None,
        Some(json!({"allowedOrigins": ["b.example"]})),
        Some(json!({"startsWith": "https://badges.b.example/other/"})),
        Some(json!({"startsWith": "https://badges.b.exam"})),
    ] {
        assert!(told(outside.clone()).starts_with("Invalid: well_formed !out_of_scope"), "{outside:?}");
    }
}

#[test]
fn a_revoked_badge_says_so_at_its_own_address() {
    let revoked = site_with(BADGE, |badge| {
        badge["revoked"] = json!(true);
        badge["revocationReason"] = json!("Given by mistake.");
    });
    assert_eq!(told_of(&assertion(), &revoked), "Invalid: well_formed hosted issuer_known !revoked within_dates");
    // All that is left of it.
    let gone = site_with(BADGE, |badge| {
        *badge = json!({"@context": CONTEXT, "type": "Assertion", "id": BADGE, "revoked": true, "revocationReason": "A mistake."});
    });
    let report = report_of(assertion().to_string().as_bytes(), &gone, None);
    assert_eq!(told(&report), "Invalid: well_formed ?hosted_revoked ?not_looked_at !revoked ?not_looked_at");
    assert_eq!(report.claims, None);
    assert!(report.check(CheckName::Status).unwrap().message.contains("A mistake."));
    // Whatever stands there but a no is no reason for trust.
    for (said, verdict) in [
        (json!(false), "Valid:"),
        (json!("false"), "Valid:"),
        (json!(null), "Valid:"),
        (json!("true"), "Invalid:"),
        (json!(""), "Invalid:"),
        (json!(0), "Invalid:"),
        (json!({}), "Invalid:"),
    ] {
        let told = told_of(&assertion(), &site_with(BADGE, |badge| badge["revoked"] = said.clone()));
        assert!(told.starts_with(verdict), "{said}: {told}");
    }
}

#[test]
fn dates_are_judged_as_of_any_badge() {
    let told = |expires: Value, issued: Value| {
        let site = site_with(BADGE, |badge| {
            badge["expires"] = expires;
            badge["issuedOn"] = issued;
        });
        told(&report_of(&site[BADGE].clone(), &site, None))
    };
    let past = json!("2026-02-03");
    assert_eq!(
        told(json!("2026-11-24T11:00:00Z"), past.clone()),
        "Attention: well_formed hosted issuer_known in_force !expired"
    );
    assert_eq!(told(json!(null), past.clone()), "Valid: well_formed hosted issuer_known in_force no_end");
    assert_eq!(
        told(json!(null), json!("2026-12-01")),
        "Attention: well_formed hosted issuer_known in_force !not_yet_valid"
    );
    assert!(told(json!("later"), past).starts_with("Invalid: !malformed"));
}

#[test]
fn the_recipient_is_known_by_the_hash_at_the_address() {
    let asked = |email: &str| told(&report_of(assertion().to_string().as_bytes(), &site(), Some(email)));
    assert!(asked("A@example.com").ends_with(" recipient_matches"));
    assert!(asked("b@example.com").starts_with("Invalid:") && asked("b@example.com").ends_with(" !recipient_differs"));
}

#[test]
fn what_can_not_be_read_is_grey() {
    let without = |address: &str| {
        let mut site = site();
        site.remove(address);
        told_of(&assertion(), &site)
    };
    for address in [BADGE, CLASS, ISSUER] {
        assert_eq!(
            without(address),
            "Unknown: well_formed ?hosted_unavailable ?not_looked_at ?not_looked_at ?not_looked_at",
            "{address}"
        );
    }
    let nothing = judge(assertion().to_string().as_bytes(), &Evidence::new(), now(), &Asked::default());
    assert_eq!(told(&nothing), "Unknown: well_formed ?hosted_unavailable ?not_looked_at ?not_looked_at ?not_looked_at");
    assert_eq!(nothing.claims, None);
    let mut text = site();
    text.insert(CLASS.into(), b"<html>".to_vec());
    assert!(told_of(&assertion(), &text).starts_with("Unknown: well_formed ?hosted_unreadable"));
    for address in ["http://a.example/badges/17", "https://u:p@a.example/badges/17", "urn:uuid:7", "file:///etc/passwd"]
    {
        let mut badge = assertion();
        badge["id"] = json!(address);
        let told = told_of(&badge, &site());
        assert!(told.starts_with("Unknown: well_formed ?address_unsupported"), "{address}: {told}");
        assert_eq!(gather(badge.to_string().as_bytes(), &site()).1, Vec::<Vec<String>>::new());
    }
}

#[test]
fn an_address_that_holds_something_else_proves_nothing() {
    for (address, document, code) in [
        (BADGE, json!({}), "hosted_differs"),
        (BADGE, class(), "hosted_differs"),
        (BADGE, json!({"id": "https://a.example/badges/18"}), "hosted_differs"),
        (CLASS, json!({}), "part_malformed"),
        (CLASS, profile(), "hosted_differs"),
        (CLASS, json!({"type": "BadgeClass", "name": "Welder", "issuer": ISSUER}), "part_malformed"),
        (ISSUER, json!({}), "part_malformed"),
        (ISSUER, class(), "hosted_differs"),
        (ISSUER, json!({"id": ISSUER, "type": "BadgeClass", "name": "x"}), "part_malformed"),
    ] {
        let site = site_with(address, |old| *old = document.clone());
        let told = told_of(&assertion(), &site);
        assert!(told.starts_with(&format!("Invalid: well_formed !{code} ")), "{address} {document}: {told}");
    }
    let other = site_with(BADGE, |badge| badge["id"] = json!("https://a.example/badges/18"));
    assert!(told_of(&assertion(), &other).starts_with("Invalid: well_formed !hosted_differs"));
}

#[test]
fn loops_end_and_ask_for_nothing_twice() {
    for (address, change) in [
        (BADGE, json!({"badge": BADGE})),
        (CLASS, json!({"issuer": CLASS})),
        (CLASS, json!({"issuer": BADGE})),
        (
            ISSUER,
            json!({"verification": {"startsWith": [ISSUER, BADGE]}, "revocationList": ISSUER, "publicKey": ISSUER}),
        ),
    ] {
        let site = site_with(address, |document| {
            for (name, value) in change.as_object().unwrap() {
                document[name] = value.clone();
            }
        });
        let badge = site[BADGE].clone();
        let (_, rounds) = gather(&badge, &site);
        let asked: Vec<&String> = rounds.iter().flatten().collect();
        let once: std::collections::BTreeSet<&String> = asked.iter().copied().collect();
        assert_eq!(asked.len(), once.len(), "{asked:?}");
        assert!(rounds.len() <= 3);
        report_of(&badge, &site, None);
    }
}

#[test]
fn badges_that_are_not_whole_are_told_apart() {
    let code = |change: fn(&mut Value)| {
        let mut badge = assertion();
        change(&mut badge);
        let report = report_of(badge.to_string().as_bytes(), &site(), None);
        (report.checks[0].code.clone(), report.verdict)
    };
    for name in ["id", "type", "recipient", "badge", "verification", "issuedOn"] {
        let mut badge = assertion();
        badge.as_object_mut().unwrap().shift_remove(name);
        let report = report_of(badge.to_string().as_bytes(), &site(), None);
        assert_eq!((report.checks[0].code.as_str(), report.verdict), ("malformed", Verdict::Invalid), "{name}");
        assert!(report.checks[0].message.contains(&format!("`{name}`")), "{name}");
    }
    assert_eq!(code(|badge| *badge = class()), ("not_a_badge".into(), Verdict::Invalid));
    assert_eq!(
        code(|badge| badge["verification"]["type"] = json!("Seal")),
        ("proof_unsupported".into(), Verdict::Unknown)
    );
    assert_eq!(code(|badge| badge["verification"]["url"] = json!(CLASS)), ("malformed".into(), Verdict::Invalid));
    assert_eq!(
        code(|badge| badge["verification"]["type"] = json!("SignedBadge")),
        ("unsigned".into(), Verdict::Invalid)
    );
    assert_eq!(code(|badge| badge["@context"] = json!("https://a.example")), ("not_a_badge".into(), Verdict::Invalid));
}

#[test]
fn hostile_sizes_are_answered() {
    let mut badge = assertion();
    badge["narrative"] = json!("x".repeat(2 << 20));
    assert!(told_of(&badge, &site()).starts_with("Invalid: !not_json"));
    let big = site_with(BADGE, |badge| badge["narrative"] = json!("x".repeat(2 << 20)));
    assert!(told_of(&assertion(), &big).starts_with("Unknown: well_formed ?hosted_unreadable"));
    let mut deep = site();
    deep.insert(CLASS.into(), [vec![b'['; 100_000], vec![b']'; 100_000]].concat());
    assert!(told_of(&assertion(), &deep).starts_with("Unknown: well_formed ?hosted_unreadable"));
    let long = site_with(BADGE, |badge| badge["badge"] = json!(format!("https://a.example/{}", "x".repeat(10_000))));
    let told = told(&report_of(&long[BADGE].clone(), &long, None));
    assert!(told.starts_with("Unknown: well_formed ?address_unsupported"), "{told}");
    let many = site_with(BADGE, |badge| {
        badge["recipient"] = json!(vec![json!({"type": "email", "identity": "x@example.org"}); 5_000]);
    });
    report_of(&many[BADGE].clone(), &many, Some("a@example.com"));
}

#[test]
fn the_report_repeats_what_stands_at_the_addresses() {
    let mut site = site_with(ISSUER, |profile| {
        profile["description"] = json!("Makes things.");
        profile["email"] = json!("badges@a.example");
        profile["telephone"] = json!("+49 30 1");
    });
    let claims = |site: &Web| report_of(&site[BADGE].clone(), site, None).claims.unwrap();
    let told = claims(&site);
    assert_eq!(told.image.as_deref(), Some("https://a.example/welder.png"));
    let further: Vec<_> = told.further.iter().map(|claim| claim.value.as_str()).collect();
    assert_eq!(further, ["Makes things.", "badges@a.example", "+49 30 1"]);
    let mut badge = assertion();
    badge["image"] = json!({"id": "https://a.example/own.png"});
    badge["evidence"] = json!(["https://a.example/work/4", {"narrative": "Held three tonnes."}]);
    site.insert(BADGE.into(), badge.to_string().into_bytes());
    let told = claims(&site);
    assert_eq!(told.image.as_deref(), Some("https://a.example/own.png"));
    let [address, written] = &told.evidence[..] else { panic!("{:?}", told.evidence) };
    assert_eq!((address.id.as_deref(), &address.narrative), (Some("https://a.example/work/4"), &None));
    assert_eq!((&written.id, written.narrative.as_deref()), (&None, Some("Held three tonnes.")));
    // A picture written into the badge itself is left out.
    badge["image"] = json!("data:image/png;base64,AAAA");
    site.insert(BADGE.into(), badge.to_string().into_bytes());
    assert_eq!(claims(&site).image.as_deref(), Some("https://a.example/welder.png"));
}

#[test]
fn an_address_alone_is_read_when_it_is_one_and_not_too_long() {
    let long = |length: usize| format!("{BADGE}?{}", "x".repeat(length - BADGE.len() - 1));
    let wanted = |text: &str| needs(text.as_bytes(), &Evidence::new());
    for address in [BADGE.to_owned(), format!("  {BADGE}\n"), long(2048)] {
        assert_eq!(wanted(&address), [Need::Json(address.trim().to_owned())]);
    }
    for other in [long(2049), long(2050), format!("{BADGE} x"), format!("{BADGE}\u{1}x"), format!("{BADGE}\u{2003}x")] {
        assert_eq!(wanted(&other), [], "{other}");
    }
    let named = |length: usize| {
        let mut badge = assertion();
        badge["id"] = json!(long(length));
        told_of(&badge, &site())
    };
    assert!(named(2048).starts_with("Unknown: well_formed ?hosted_unavailable"), "{}", named(2048));
    for length in [2049, 2050] {
        assert!(named(length).starts_with("Unknown: well_formed ?address_unsupported"), "{length}");
    }
}

#[test]
fn parts_are_found_by_their_address_and_are_what_they_should_be() {
    for named in [json!({"id": CLASS}), json!({"id": CLASS, "type": "BadgeClass"}), json!([CLASS])] {
        let site = site_with(BADGE, |badge| badge["badge"] = named.clone());
        assert!(told_of(&assertion(), &site).starts_with("Valid:"), "{named}");
    }
    let mut unnamed = assertion();
    unnamed["badge"] = json!("");
    assert!(told_of(&unnamed, &site()).starts_with("Invalid: !malformed"), "{}", told_of(&unnamed, &site()));
    let nameless = site_with(CLASS, |class| class["name"] = json!(""));
    assert!(told_of(&assertion(), &nameless).starts_with("Invalid: well_formed !part_malformed"));
    let untyped = site_with(CLASS, |class| drop(class.as_object_mut().unwrap().remove("type")));
    assert!(told_of(&assertion(), &untyped).starts_with("Invalid: well_formed !part_malformed"));
    let mut old = super::first::first_site("1.0");
    let mut class: Value = serde_json::from_slice(&old[CLASS]).unwrap();
    class["type"] = json!("Profile");
    old.insert(CLASS.into(), class.to_string().into_bytes());
    let first = super::first::first("1.0");
    assert!(told_of(&first, &old).starts_with("Invalid: well_formed !part_malformed"), "{}", told_of(&first, &old));
}

#[test]
fn the_report_of_a_badge_that_is_refused_names_its_standard_and_why() {
    let report = report_of(assertion().to_string().as_bytes(), &site_with(BADGE, |badge| *badge = class()), None);
    assert_eq!(report.standard.as_deref(), Some("Open Badges 2.0"));
    let message = &report.check(CheckName::Proof).unwrap().message;
    assert!(message.starts_with(&format!("At {BADGE}, where this badge should stand, stands none. ")), "{message}");
    let mut unfit = assertion();
    unfit.as_object_mut().unwrap().remove("issuedOn");
    let report = report_of(unfit.to_string().as_bytes(), &site(), None);
    assert_eq!(report.standard.as_deref(), Some("Open Badges 2.0"));
}

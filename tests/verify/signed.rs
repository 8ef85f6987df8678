//! Every term of a badge is signed, and no other spelling of it passes.

use super::*;

/// Every way to a value in a document.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(members) => members
            .iter()
            .for_each(|(name, member)| pointers(member, &format!("{at}/{}", name.replace('/', "~1")), found)),
        Value::Array(values) => {
            values.iter().enumerate().for_each(|(n, value)| pointers(value, &format!("{at}/{n}"), found))
        }
        _ => {}
    }
}

/// To RDF two nodes of one id are one, and many badges give their criteria the address of their achievement.
#[test]
fn nothing_moves_between_an_achievement_and_its_criteria_of_the_same_id() {
    let badge = signed(&facts());
    let achievement = &badge["credentialSubject"]["achievement"];
    assert_eq!(achievement["id"], achievement["criteria"]["id"]);
    let names =
        achievement.as_object().unwrap().keys().filter(|name| !matches!(name.as_str(), "id" | "type" | "criteria"));
    for name in names {
        let mut moved = badge.clone();
        let achievement = moved["credentialSubject"]["achievement"].as_object_mut().unwrap();
        let value = achievement.remove(name).unwrap();
        let kind = achievement["type"].clone();
        achievement["criteria"]["type"] = kind;
        achievement["criteria"][name] = value;
        assert_ne!(ask(&moved, &evidence(), now()).verdict, Verdict::Valid, "{name} moved to the criteria");
    }
    let mut moved = badge.clone();
    let achievement = &mut moved["credentialSubject"]["achievement"];
    let narrative = achievement["criteria"].as_object_mut().unwrap().remove("narrative").unwrap();
    achievement["narrative"] = narrative;
    assert_ne!(ask(&moved, &evidence(), now()).verdict, Verdict::Valid, "criteria moved to the achievement");
}

#[test]
fn a_badge_can_not_be_rewritten_so_that_the_signature_fits_and_the_reader_misses_something() {
    let badge = signed(&facts());
    let refused = |document: &Value, what: &str| {
        let report = ask(document, &evidence(), now());
        assert_ne!(report.verdict, Verdict::Valid, "{what}: {}", told(&report));
        assert_eq!(report.claims, None, "{what}");
    };
    let renamed = |from: &str, to: &str| {
        let mut changed = badge.clone();
        let object = changed.as_object_mut().unwrap();
        let value = object.remove(from).unwrap();
        object.insert(to.to_owned(), value);
        changed
    };
    // Each of these gives the very statements that were signed.
    refused(&renamed("credentialStatus", "https://www.w3.org/2018/credentials#credentialStatus"), "status by its IRI");
    refused(&renamed("id", "@id"), "id by its keyword");
    let mut typed = badge.clone();
    let until = typed.as_object_mut().unwrap().remove("validUntil").unwrap();
    typed["https://www.w3.org/2018/credentials#validUntil"] =
        json!({"@value": until, "@type": "http://www.w3.org/2001/XMLSchema#dateTime"});
    refused(&typed, "validUntil by its IRI");
    let mut aliased = renamed("validUntil", "validTill");
    aliased["@context"].as_array_mut().unwrap().push(
        json!({"validTill": {"@id": "https://www.w3.org/2018/credentials#validUntil", "@type": "http://www.w3.org/2001/XMLSchema#dateTime"}}),
    );
    refused(&aliased, "validUntil by an alias");
    let mut included = badge.clone();
    let status = included.as_object_mut().unwrap().remove("credentialStatus").unwrap();
    included["@included"] = json!({"id": included["id"], "credentialStatus": status});
    refused(&included, "status in an included node");
    let mut boolean = badge.clone();
    boolean["credentialSubject"]["identifier"][0]["hashed"] = json!("true");
    refused(&boolean, "a boolean as text");

    // A badge whose subject has the badge's own id: to RDF the two are one node, so a term could move between them.
    let mut same = achievement_credential(&facts());
    same["credentialSubject"]["id"] = same["id"].clone();
    same["credentialSubject"]["type"] = json!(["AchievementSubject", "VerifiableCredential"]);
    let mut moved = signed_with(&same, METHOD, &key());
    assert_eq!(ask(&moved, &evidence(), now()).verdict, Verdict::Valid);
    let status = moved.as_object_mut().unwrap().remove("credentialStatus").unwrap();
    moved["credentialSubject"]["credentialStatus"] = status;
    refused(&moved, "status in the subject");
}

#[test]
fn every_term_of_a_credential_is_signed() {
    let badge = signed(&facts());
    let evidence = evidence();
    assert_eq!(ask(&badge, &evidence, now()).verdict, Verdict::Valid);
    let mut tried = 0;
    let mut refuse = |changed: &Value, what: String| {
        let report = ask(changed, &evidence, now());
        assert!(matches!(report.verdict, Verdict::Invalid | Verdict::Unknown), "{what}: {}", told(&report));
        assert_eq!(report.claims, None, "{what}");
        tried += 1;
    };
    let mut all = Vec::new();
    pointers(&badge, "", &mut all);
    for pointer in all {
        let value = badge.pointer(&pointer).unwrap();
        let mut replace = |with: Value, how: &str| {
            let mut changed = badge.clone();
            *changed.pointer_mut(&pointer).unwrap() = with;
            refuse(&changed, format!("{pointer} {how}"));
        };
        match value {
            Value::String(text) => {
                for other in [
                    format!("{text}x"),
                    format!(" {text}"),
                    text.to_uppercase(),
                    text.replace('a', "b"),
                    "https://x.example".into(),
                    String::new(),
                ] {
                    if other != *text {
                        replace(json!(other), "changed");
                    }
                }
                for other in [
                    json!(7),
                    json!(0.5),
                    json!(true),
                    json!(null),
                    json!({}),
                    json!({"id": text}),
                    json!({"@value": text}),
                    json!([text, "x"]),
                    json!([[text]]),
                ] {
                    replace(other, "of another type");
                }
            }
            Value::Bool(value) => {
                for other in [
                    json!(!value),
                    json!(value.to_string()),
                    json!(1),
                    json!("1"),
                    json!(null),
                    json!({}),
                    json!([value, !value]),
                ] {
                    replace(other, "changed");
                }
            }
            Value::Object(members) => {
                replace(json!("text"), "as text");
                replace(json!(null), "as null");
                replace(json!({}), "as empty");
                replace(json!([value, {"name": "x"}]), "as a list of two");
                for (name, added) in [
                    ("unknownTerm", json!("x")),
                    ("unknownTerm", json!(null)),
                    ("unknownTerm", json!([])),
                    ("unknownTerm", json!({})),
                    ("@id", json!("urn:x:y")),
                    ("@type", json!("x")),
                    ("@graph", json!([])),
                    ("@included", json!([])),
                    ("@context", json!({"unknownTerm": "urn:x:y"})),
                    ("schema:name", json!("x")),
                    ("https://schema.org/name", json!("x")),
                    ("", json!("x")),
                    ("narrative", json!("x")),
                    ("name", json!("x")),
                    ("description", json!(["x", "y"])),
                    ("validUntil", json!("2030-01-01T00:00:00Z")),
                    ("nonce", json!("x")),
                    ("inLanguage", json!("en")),
                ] {
                    let mut more = members.clone();
                    if more.insert(name.to_owned(), added).is_none() {
                        replace(Value::Object(more), &format!("with {name} added"));
                    }
                }
                for name in members.keys() {
                    let mut fewer = members.clone();
                    fewer.shift_remove(name);
                    replace(Value::Object(fewer), &format!("with {name} removed"));
                }
            }
            Value::Array(values) => {
                replace(json!([]), "emptied");
                replace(json!(null), "as null");
                for n in 0..values.len() {
                    let mut twice = values.clone();
                    twice.push(values[n].clone());
                    replace(json!(twice), "with a value twice");
                    // Contexts are not claims: without the third one word has no meaning, which is a refusal as well.
                    let mut fewer = values.clone();
                    fewer.remove(n);
                    replace(json!(fewer), "with a value removed");
                }
                for added in [json!("x"), json!({"name": "x"}), json!(null), json!([]), json!(7), json!({})] {
                    let mut more = values.clone();
                    more.push(added);
                    replace(json!(more), "with a value added");
                }
            }
            _ => unreachable!("the badge has only text, one boolean, objects and lists"),
        }
    }
    assert!(tried > 1500, "only {tried} changes were tried");
}

#[test]
fn what_means_the_same_still_verifies() {
    let badge = signed(&facts());
    let mut compact = badge.clone();
    compact["proof"] = badge["proof"][0].clone();
    compact["credentialSchema"] = badge["credentialSchema"][0].clone();
    compact["issuer"]["type"] = json!("Profile");
    compact["credentialSubject"]["achievement"]["tag"] = json!(["operations", "reliability"]);
    compact["credentialSubject"] = json!([compact["credentialSubject"]]);
    assert_eq!(ask(&compact, &evidence(), now()).verdict, Verdict::Valid);
}

#[test]
fn a_badge_with_any_byte_changed_is_not_valid() {
    let bytes = signed(&facts()).to_string().into_bytes();
    let evidence = evidence();
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        let report =
            judge(&changed, &evidence, now(), &Asked { email: None, known_issuers: &known(), ..Asked::default() });
        assert!(matches!(report.verdict, Verdict::Invalid | Verdict::Unknown), "byte {at}: {}", told(&report));
    }
}

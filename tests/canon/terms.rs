//! What a context may say of a term, and what a document may make of it: by the error codes of JSON-LD, or by the statements that come of it.

use laurel::credential::canon::{self, HashAlgorithm};
use laurel::credential::context::Library;
use serde_json::{Value, json};

const BASE: &str = "https://a.example/docs/1";

/// The canonical statements, or why there are none.
fn said(document: &Value, base: Option<&str>) -> Result<String, String> {
    let dataset = canon::to_rdf(document, Library::bundled(), base).map_err(|error| error.to_string())?;
    dataset.canonicalize(HashAlgorithm::Sha256).map(|canonical| canonical.nquads).map_err(|error| error.to_string())
}

/// A document with this context and these members.
fn with(context: Value, members: Value) -> Result<String, String> {
    let mut document = members;
    document["@context"] = context;
    said(&document, None)
}

fn refused(context: Value, members: Value, why: &str) {
    let said = with(context.clone(), members.clone());
    assert!(said.as_ref().is_err_and(|error| error.contains(why)), "{context} {members}: {said:?} and not {why}");
}

#[test]
fn a_keyword_goes_by_other_names() {
    let context = json!({"ident": "@id", "kind": "@type", "name": "https://schema.org/name"});
    let said = with(context, json!({"ident": "urn:a", "kind": "urn:T", "name": "A"})).unwrap();
    assert_eq!(
        said,
        "<urn:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:T> .\n\
         <urn:a> <https://schema.org/name> \"A\" .\n"
    );
    // But not by one with a colon or a slash in it, which would stand for something already.
    for name in ["a:b", "a/b"] {
        refused(json!({name: "@type"}), json!({name: "urn:T"}), "invalid IRI mapping");
    }
}

#[test]
fn a_container_of_null_is_none() {
    let context = json!({"name": {"@id": "https://schema.org/name", "@container": null}});
    assert_eq!(
        with(context, json!({"@id": "urn:a", "name": ["A"]})).unwrap(),
        "<urn:a> <https://schema.org/name> \"A\" .\n"
    );
    for container in [json!([]), json!(7), json!(["@set", 7])] {
        let context = json!({"name": {"@id": "https://schema.org/name", "@container": container}});
        refused(context, json!({"name": "A"}), "invalid container mapping");
    }
}

#[test]
fn a_protected_term_is_not_ignored_away() {
    let context = json!([{"@protected": true, "name": "https://schema.org/name"}, {"name": "@ignored"}]);
    refused(context, json!({"@id": "urn:a", "name": "A"}), "protected term redefinition");
    let unprotected = json!([{"name": "https://schema.org/name"}, {"name": "@ignored"}]);
    refused(unprotected, json!({"@id": "urn:a", "name": "A"}), "is not defined by the context");
}

#[test]
fn a_term_of_null_is_no_name_of_anything_and_an_id_is_no_term() {
    let document = json!({"@context": {"one": null, "name": "https://schema.org/name"}, "@id": "one", "name": "A"});
    assert_eq!(
        said(&document, Some(BASE)).unwrap(),
        "<https://a.example/docs/one> <https://schema.org/name> \"A\" .\n"
    );
    refused(json!({"one": null}), json!({"@id": "urn:a", "one": "A"}), "stands for nothing");
    refused(json!({"one": "_:b"}), json!({"@id": "urn:a", "one": "A"}), ", a blank node, would be dropped");
}

#[test]
fn a_plain_value_is_read_by_what_its_own_context_makes_of_it() {
    let context = json!({"data": {"@id": "urn:data", "@context": {"data": {"@id": "urn:data", "@type": "@json"}}}});
    assert_eq!(
        with(context, json!({"@id": "urn:a", "data": "x"})).unwrap(),
        "<urn:a> <urn:data> \"\\\"x\\\"\"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON> .\n"
    );
}

#[test]
fn a_value_has_one_type_written_alone_or_in_a_list() {
    let said = |kind: Value| with(json!({"p": "urn:p"}), json!({"@id": "urn:a", "p": {"@value": "x", "@type": kind}}));
    let typed = "<urn:a> <urn:p> \"x\"^^<urn:t> .\n".to_owned();
    assert_eq!(said(json!("urn:t")), Ok(typed.clone()));
    assert_eq!(said(json!(["urn:t"])), Ok(typed));
    for kind in [json!([]), json!(["urn:t", "urn:u"]), json!([7]), json!(7)] {
        assert!(said(kind.clone()).is_err_and(|error| error.contains("invalid typed value")), "{kind}");
    }
    let null = with(json!({"p": "urn:p"}), json!({"@id": "urn:a", "p": {"@value": null, "@type": "urn:t"}}));
    assert!(null.is_err_and(|error| error.contains("invalid typed value")));
}

#[test]
fn blank_nodes_have_names_that_can_be_written() {
    for name in ["_:a", "_:a.b-c_d", "_:é"] {
        let said = with(json!({"p": "urn:p"}), json!({"@id": name, "p": "x"}));
        assert_eq!(said, Ok("_:c14n0 <urn:p> \"x\" .\n".to_owned()), "{name}");
    }
    for name in ["_:", "_:a b", "_:a>"] {
        refused(json!({"p": "urn:p"}), json!({"@id": name, "p": "x"}), "is not an absolute IRI");
    }
}

#[test]
fn numbers_are_written_as_json_ld_says_or_not_at_all() {
    let said = |number: Value| with(json!({"p": "urn:p"}), json!({"@id": "urn:a", "p": number}));
    for (number, lexical, kind) in [
        (json!(7), "7", "integer"),
        (json!(-7), "-7", "integer"),
        (json!(u64::MAX), "18446744073709551615", "integer"),
        (json!(0.0), "0", "integer"),
        (json!(-5.0), "-5", "integer"),
        (json!(1e20), "100000000000000000000", "integer"),
        (json!(1e21), "1.0E21", "double"),
        (json!(-1e21), "-1.0E21", "double"),
        (json!(0.5), "5.0E-1", "double"),
    ] {
        let expected = format!("<urn:a> <urn:p> \"{lexical}\"^^<http://www.w3.org/2001/XMLSchema#{kind}> .\n");
        assert_eq!(said(number), Ok(expected));
    }
    assert!(said(json!(-0.0)).is_err());
}

#[test]
fn a_language_is_a_tag_that_can_be_written() {
    let said = |language: &str| {
        with(json!({"p": "urn:p"}), json!({"@id": "urn:a", "p": {"@value": "x", "@language": language}}))
    };
    for language in ["en", "de-at", "zh-hant-tw", "abcdefgh", "en-abcdefgh", "de-1996"] {
        assert_eq!(said(language), Ok(format!("<urn:a> <urn:p> \"x\"@{language} .\n")));
    }
    for language in ["", "e n", "1en", "en-", "en--us", "abcdefghi", "en-abcdefghi", "en-a_b", "en-é", "e_n"] {
        assert!(said(language).is_err_and(|error| error.contains("invalid language-tagged string")), "{language}");
    }
}

#[test]
fn a_context_may_have_many_terms_and_a_chain_of_64() {
    let many: serde_json::Map<String, Value> =
        (0..200).map(|n| (format!("t{n}"), json!(format!("urn:t:{n}")))).collect();
    assert_eq!(with(json!(many), json!({"@id": "urn:a", "t199": "x"})), Ok("<urn:a> <urn:t:199> \"x\" .\n".to_owned()));
    let chain = |length: usize| {
        let mut terms: serde_json::Map<String, Value> =
            (1..length).map(|n| (format!("t{n}"), json!(format!("t{}:x", n + 1)))).collect();
        terms.insert(format!("t{length}"), json!("urn:t:"));
        with(json!(terms), json!({"@id": "urn:a", format!("t{length}"): "x"}))
    };
    assert_eq!(chain(64), Ok("<urn:a> <urn:t:> \"x\" .\n".to_owned()));
    for longer in [65, 66] {
        assert!(chain(longer).is_err_and(|error| error.contains("too deeply")), "{longer}");
    }
}

#[test]
fn addresses_in_contexts_are_bounded() {
    let long = |length: usize| format!("urn:{}", "x".repeat(length - 4));
    let based = |length: usize| {
        let document = json!({"@context": {"@base": long(length), "p": "urn:p"}, "@id": "urn:a", "p": "x"});
        said(&document, None)
    };
    let vocab = |length: usize| with(json!({"@vocab": long(length)}), json!({"@id": "urn:a", "p": "x"}));
    let term = |length: usize| with(json!({"p": long(length)}), json!({"@id": "urn:a", "p": "x"}));
    for read in [based(4096), vocab(4096), term(4096)] {
        assert!(read.is_ok(), "{read:?}");
    }
    for length in [4097, 4098] {
        for (read, why) in [
            (based(length), "invalid base IRI"),
            (vocab(length), "invalid vocab mapping"),
            (term(length), "invalid IRI mapping"),
        ] {
            assert!(read.as_ref().is_err_and(|error| error.contains(why)), "{why}: {read:?}");
        }
    }
}

#[test]
fn a_base_is_an_address_or_goes_on_from_one() {
    let based = |base: Value, outer: Option<&str>| {
        said(&json!({"@context": {"@base": base, "p": "urn:p"}, "@id": "x", "p": "v"}), outer)
    };
    let of = |id: &str| Ok(format!("<{id}> <urn:p> \"v\" .\n"));
    assert_eq!(based(json!("https://b.example/d/"), None), of("https://b.example/d/x"));
    assert_eq!(based(json!("https://b.example/d/"), Some(BASE)), of("https://b.example/d/x"));
    assert_eq!(based(json!("more/"), Some(BASE)), of("https://a.example/docs/more/x"));
    assert!(based(json!(null), Some(BASE)).is_err_and(|error| error.contains("is not an absolute IRI")));
    for (base, outer) in [(json!("more/"), None), (json!(7), Some(BASE)), (json!(true), None)] {
        assert!(based(base.clone(), outer).is_err_and(|error| error.contains("invalid base IRI")), "{base}");
    }
    // A context that is set aside leaves the document its own address.
    let nulled = json!({"@context": [{"@base": "https://b.example/"}, null, {"p": "urn:p"}], "@id": "x", "p": "v"});
    assert_eq!(said(&nulled, Some(BASE)), of("https://a.example/docs/x"));
}

#[test]
fn protected_terms_are_not_cleared_and_keep_their_contexts() {
    let protected = json!({"@protected": true, "p": {"@id": "urn:p", "@context": {"q": "urn:q"}}});
    refused(json!([protected, null]), json!({"@id": "urn:a"}), "invalid context nullification");
    let with_context = |inner: Value| json!([protected, {"p": {"@id": "urn:p", "@context": inner}}]);
    let members = json!({"@id": "urn:a", "p": {"@id": "urn:b", "q": "x"}});
    let expected = "<urn:a> <urn:p> <urn:b> .\n<urn:b> <urn:q> \"x\" .\n".to_owned();
    assert_eq!(with(with_context(json!({"q": "urn:q"})), members.clone()), Ok(expected));
    refused(with_context(json!({"q": "urn:other"})), members, "protected term redefinition");
}

#[test]
fn what_a_context_may_not_say_is_named() {
    for (context, why) in [
        (json!({"p": {"@id": "urn:p", "@direction": "up"}}), "invalid base direction"),
        (json!({"@direction": "up"}), "invalid base direction"),
        (json!({"@direction": 7}), "invalid base direction"),
        (json!({"p": {"@id": "urn:p", "@language": 7}}), "invalid language mapping"),
        (json!({"@language": 7}), "invalid default language"),
        (json!({"p": {"@id": "urn:p", "@nest": "@id"}}), "invalid @nest value"),
        (json!({"p": {"@id": "urn:p", "@nest": 7}}), "invalid @nest value"),
        (json!({"p": {"@id": "urn:p", "@prefix": "yes"}}), "invalid @prefix value"),
        (json!({"p": {"@id": "@type", "@prefix": true}}), "invalid term definition"),
        (json!({"urn:p": {"@id": "urn:p", "@prefix": true}}), "invalid term definition"),
        (json!({"p": {"@id": "urn:p", "@index": "urn:i"}}), "invalid term definition"),
        (json!({"p": {"@id": "urn:p", "@container": "@index", "@index": 7}}), "invalid term definition"),
        (json!({"p": {"@id": "urn:p", "@container": "@index", "@index": "@type"}}), "invalid term definition"),
        (json!({"p": {"@id": "urn:p", "@container": "@type", "@type": "urn:t"}}), "invalid type mapping"),
        (json!({"p": {"@id": "urn:p", "@type": "_:b"}}), "invalid type mapping"),
        (json!({"p": {"@id": "urn:p", "@type": 7}}), "invalid type mapping"),
        (json!({"p": {"@reverse": "urn:p", "@container": "@list"}}), "invalid reverse property"),
        (json!({"p": {"@reverse": "urn:p", "@id": "urn:q"}}), "invalid reverse property"),
        (json!({"p": {"@reverse": "urn:p", "@nest": "@nest"}}), "invalid reverse property"),
        (json!({"p": {"@reverse": "@type"}}), "invalid IRI mapping"),
        (json!({"p": {"@reverse": null}}), "invalid IRI mapping"),
        (json!({"p": {"@id": 7}}), "invalid IRI mapping"),
        (json!({"p": "@context"}), "invalid keyword alias"),
        (json!({"p": "relative"}), "invalid IRI mapping"),
        (json!({"p": 7}), "invalid term definition"),
        (json!({"": "urn:p"}), "invalid term definition"),
        (json!({"p": {"@id": "urn:p", "@value": "x"}}), "invalid term definition"),
        (json!({"p": {"@id": "urn:p", "@protected": "yes"}}), "invalid @protected value"),
        (json!({"@type": "urn:p"}), "keyword redefinition"),
        (json!({"@type": {}}), "keyword redefinition"),
        (json!({"@type": {"@container": "@list"}}), "keyword redefinition"),
        (json!({"@type": {"@container": "@set", "@id": "urn:p"}}), "keyword redefinition"),
        (json!({"@type": {"@protected": "yes"}}), "keyword redefinition"),
        (json!({"@id": {"@container": "@set"}}), "keyword redefinition"),
        (json!({"p": "q:x", "q": "p:x"}), "cyclic IRI mapping"),
        (json!({"a:b": "urn:c"}), "invalid IRI mapping"),
        (json!({"@version": 1.0}), "invalid @version value"),
        (json!({"@propagate": "no"}), "invalid @propagate value"),
        (json!({"@vocab": 7}), "invalid vocab mapping"),
        (json!({"p": {"@id": "urn:p", "@container": ["@graph", "@list"]}}), "invalid container mapping"),
        (json!({"p": {"@id": "urn:p", "@container": ["@id", "@type"]}}), "invalid container mapping"),
        (json!({"p": {"@id": "urn:p", "@container": ["@list", "@set"]}}), "invalid container mapping"),
        (json!({"p": {"@id": "urn:p", "@container": "@value"}}), "invalid container mapping"),
        (json!({"p": {"@id": "urn:p", "@context": {"q": 7}}}), "invalid scoped context"),
    ] {
        refused(context, json!({"@id": "urn:a"}), why);
    }
}

#[test]
fn what_a_context_may_say_is_read() {
    let x = || json!({"@id": "urn:a", "p": "x"});
    let of = |object: &str| Ok(format!("<urn:a> <urn:p> {object} .\n"));
    for (context, members, expected) in [
        (json!({"@version": 1.1, "p": "urn:p"}), x(), of("\"x\"")),
        (json!({"p": {"@id": "urn:p", "@container": ["@set", "@set"]}}), x(), of("\"x\"")),
        (json!({"p": {"@id": "urn:p", "@type": "@none"}}), x(), of("\"x\"")),
        (json!({"@language": "EN", "p": "urn:p"}), x(), of("\"x\"@en")),
        (json!({"@language": "en", "p": {"@id": "urn:p", "@language": null}}), x(), of("\"x\"")),
        (
            json!({"@language": "en", "p": {"@id": "urn:p", "@type": "urn:t", "@language": 7}}),
            x(),
            of("\"x\"^^<urn:t>"),
        ),
        (json!({"@type": {"@container": "@set", "@protected": true}, "p": "urn:p"}), x(), of("\"x\"")),
        (json!({"q": "urn:", "p": {"@id": "q:p", "@type": "q:t"}}), x(), of("\"x\"^^<urn:t>")),
        (json!({"@vocab": "urn:", "p": {"@type": "t"}}), x(), of("\"x\"^^<urn:t>")),
        (json!({"@vocab": "urn:", "p": {}}), x(), of("\"x\"")),
        (json!({"p": {"@id": "urn:p", "@nest": "@nest"}}), json!({"@id": "urn:a", "@nest": {"p": "x"}}), of("\"x\"")),
        (
            json!({"p": {"@id": "urn:p", "@nest": "n"}, "n": "@nest"}),
            json!({"@id": "urn:a", "n": [{"p": "x"}]}),
            of("\"x\""),
        ),
        (
            json!({"p": "urn:p", "q": {"@id": "urn:", "@prefix": true}}),
            json!({"@id": "urn:a", "q:p": "x"}),
            of("\"x\""),
        ),
        (json!({"urn:p": {"@type": "urn:t"}}), json!({"@id": "urn:a", "urn:p": "x"}), of("\"x\"^^<urn:t>")),
        (
            json!({"urn:p": {"@id": "urn:p", "@type": "urn:t"}}),
            json!({"@id": "urn:a", "urn:p": "x"}),
            of("\"x\"^^<urn:t>"),
        ),
        (
            json!({"p": {"@id": "urn:p", "@container": "@type"}}),
            json!({"@id": "urn:a", "p": {"@none": "urn:b"}}),
            of("<urn:b>"),
        ),
    ] {
        assert_eq!(with(context.clone(), members), expected, "{context}");
    }
    let direction = |value: &str| {
        with(json!({"p": "urn:p"}), json!({"@id": "urn:a", "p": {"@value": "x", "@direction": value}})).unwrap_err()
    };
    assert!(direction("up").contains("invalid base direction"));
    assert!(
        direction("ltr").contains("base direction of a string")
            && direction("rtl").contains("base direction of a string")
    );
}

#[test]
fn lists_within_lists_are_one_and_nest_128_deep() {
    let nested = |depth: usize| {
        let value = (0..depth).fold(json!("x"), |inner, _| json!([inner]));
        with(json!({"p": "urn:p"}), json!({"@id": "urn:a", "p": value}))
    };
    let flat = Ok("<urn:a> <urn:p> \"x\" .\n".to_owned());
    assert_eq!((nested(1), nested(2), nested(126)), (flat.clone(), flat.clone(), flat));
    for deeper in [127, 128] {
        assert!(nested(deeper).is_err_and(|error| error.contains("too much work")), "{deeper}");
    }
}

/// A context that holds inside a type holds inside the maps of its properties, and not in the nodes below.
#[test]
fn maps_are_read_in_the_context_around_them() {
    let typed = |container: Value| {
        json!({"T": {"@id": "urn:T", "@context": {
            "p": {"@id": "urn:p", "@container": container, "@index": "urn:i"}, "q": "urn:q",
        }}})
    };
    let members = json!({"@id": "urn:a", "@type": "T", "p": {"k": {"@id": "urn:b", "q": "x"}}});
    let is_a = "<urn:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:T> .\n";
    assert_eq!(
        with(typed(json!("@index")), members.clone()).unwrap(),
        format!("{is_a}<urn:a> <urn:p> <urn:b> .\n<urn:b> <urn:i> \"k\" .\n<urn:b> <urn:q> \"x\" .\n")
    );
    assert_eq!(
        with(typed(json!(["@graph", "@index"])), members).unwrap(),
        format!("{is_a}<urn:a> <urn:p> _:c14n0 .\n<urn:b> <urn:q> \"x\" _:c14n0 .\n_:c14n0 <urn:i> \"k\" .\n")
    );
    // In a map of types each type may say how the property is read below it.
    let context = json!({
        "@vocab": "urn:v:",
        "p": {"@id": "urn:p", "@container": "@type"},
        "T": {"@id": "urn:T", "@context": {"p": {"@id": "urn:p", "@container": "@type", "@type": "@vocab"}}},
    });
    assert_eq!(
        with(context, json!({"@id": "urn:a", "p": {"T": "b"}})).unwrap(),
        "<urn:a> <urn:p> <urn:v:b> .\n\
         <urn:v:b> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:T> .\n"
    );
}

#[test]
fn what_a_map_can_not_hold_is_refused_by_name() {
    let of = |container: Value| json!({"p": {"@id": "urn:p", "@container": container}});
    let indexed = json!({"p": {"@id": "urn:p", "@container": "@index", "@index": "urn:i"}});
    let scoped = json!({"p": {"@id": "urn:p", "@container": "@type", "@context": {}}});
    for (context, value, why) in [
        (of(json!(["@graph", "@id"])), json!("x"), "a graph map without keys"),
        (of(json!("@id")), json!({"urn:k": "x"}), "a plain value in this map"),
        (of(json!(["@graph", "@index"])), json!({"@none": "x"}), "a plain value in this map"),
        (scoped, json!({"urn:T": "urn:b"}), "a plain value in this map"),
        (of(json!("@id")), json!({"urn:k": {"@list": ["x"]}}), "a list or set in a map"),
        (of(json!("@type")), json!({"urn:T": {"@set": ["urn:b"]}}), "a list or set in a map"),
        (indexed, json!({"k": {"@set": ["x"]}}), "a list or set in a map"),
    ] {
        refused(context, json!({"@id": "urn:a", "p": value}), why);
    }
}

#[test]
fn an_object_reads_its_list_by_its_own_context() {
    let inner = json!({"p": {"@id": "urn:p", "@type": "@id"}});
    let said = |kind: &str| {
        with(json!({"p": "urn:p"}), json!({"@id": "urn:a", "p": {"@context": inner, kind: ["urn:b"]}})).unwrap()
    };
    assert_eq!(said("@set"), "<urn:a> <urn:p> <urn:b> .\n");
    assert!(said("@list").contains("#first> <urn:b> ."), "{}", said("@list"));
}

#[test]
fn contexts_in_a_list_are_one_context() {
    // What is said of going further down counts for a context that stands alone only.
    let nested = json!({"@id": "urn:a", "p": {"@id": "urn:b", "p": "x"}});
    let context = json!({"@propagate": false, "p": "urn:p"});
    let both = Ok("<urn:a> <urn:p> <urn:b> .\n<urn:b> <urn:p> \"x\" .\n".to_owned());
    assert_eq!(with(json!([context]), nested.clone()), both);
    refused(context, nested, "is not defined by the context");
    // A term may need one that comes later, whatever its name looks like.
    for (name, other) in [("p", "q"), ("p", "@foo.bar"), ("p", "q:r")] {
        let context = json!({name: other, other: "urn:p"});
        let read = with(context, json!({"@id": "urn:a", name: "x"}));
        assert!(read.is_ok() || other == "q:r", "{other}: {read:?}");
    }
}

#[test]
fn a_context_is_found_by_its_whole_address_and_looked_at_before_it_is_needed() {
    for context in [json!("other"), json!([null, "other"]), json!([{"p": "urn:p"}, "other"])] {
        let said = said(&json!({"@context": context, "@id": "urn:a"}), Some(BASE));
        assert!(
            said.as_ref().is_err_and(|error| error.contains("\"https://a.example/docs/other\" is not known")),
            "{said:?}"
        );
    }
    let scoped = json!({"p": {"@id": "urn:p", "@context": "https://other.example"}, "q": "urn:q"});
    refused(scoped, json!({"@id": "urn:a", "q": "x"}), "is not known here");
}

#[test]
fn contexts_at_addresses_name_others_beside_them_and_override_nothing() {
    let library = Library::new(
        [
            ("https://l.example/first", r#"{"@context": "more/second"}"#),
            ("https://l.example/more/second", r#"{"@context": ["third"]}"#),
            ("https://l.example/more/third", r#"{"@context": {"p": "urn:p"}}"#),
            ("https://l.example/other", r#"{"@context": {"q": "urn:other"}}"#),
        ]
        .map(|(url, text)| (url.to_owned(), text.into())),
    );
    let said = |document: &Value| match canon::to_rdf(document, &library, None) {
        Ok(dataset) => dataset.canonicalize(HashAlgorithm::Sha256).unwrap().nquads,
        Err(error) => error.to_string(),
    };
    let document = json!({"@context": "https://l.example/first", "@id": "urn:a", "p": "x"});
    assert_eq!(said(&document), "<urn:a> <urn:p> \"x\" .\n");
    let protected = json!({"@protected": true, "q": "urn:q"});
    let within = json!({"p": {"@id": "urn:p", "@context": "https://l.example/other"}});
    let document = json!({"@context": [protected, within], "@id": "urn:a", "p": {"q": "x"}});
    assert!(said(&document).contains("protected term redefinition"), "{}", said(&document));
}

#[test]
fn contexts_are_scoped_within_contexts_16_deep() {
    let nested = |depth: usize| {
        let context =
            (0..depth).fold(json!({"q": "urn:q"}), |inner, _| json!({"p": {"@id": "urn:p", "@context": inner}}));
        with(context, json!({"@id": "urn:a", "p": "x"}))
    };
    assert_eq!(nested(16), Ok("<urn:a> <urn:p> \"x\" .\n".to_owned()));
    for deeper in [17, 18] {
        assert!(nested(deeper).is_err_and(|error| error.contains("within contexts too deeply")), "{deeper}");
    }
}

#[test]
fn a_container_named_twice_is_named_once() {
    let context = json!({"p": {"@id": "urn:p", "@container": ["@list", "@list"]}});
    let said = with(context, json!({"@id": "urn:a", "p": ["x"]})).unwrap();
    assert!(said.contains("#first> \"x\" ."), "{said}");
}

#[test]
fn what_a_null_context_sets_aside_is_there_again_where_it_does_not_hold() {
    // The address of the document stays, for contexts further down.
    let document =
        json!({"@context": [null, {"p": "urn:p"}], "@id": "urn:a", "p": {"@context": "other", "@id": "urn:b"}});
    let unknown = said(&document, Some(BASE));
    assert!(
        unknown.as_ref().is_err_and(|error| error.contains("\"https://a.example/docs/other\" is not known")),
        "{unknown:?}"
    );
    // The context of a type does not go further down.
    let context = json!({"p": "urn:p", "T": {"@id": "urn:T", "@context": null}});
    let said = with(context, json!({"@id": "urn:a", "@type": "T", "urn:q": {"@id": "urn:b", "p": "x"}})).unwrap();
    assert!(said.contains("<urn:a> <urn:q> <urn:b> .") && said.contains("<urn:b> <urn:p> \"x\" ."), "{said}");
}

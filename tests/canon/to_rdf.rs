//! The published JSON-LD 1.1 toRdf tests: none wrong. We are stricter than JSON-LD: what it drops in silence, we refuse.

use std::borrow::Cow;
use std::collections::BTreeMap;

use laurel::credential::canon::{self, HashAlgorithm};
use laurel::credential::context::Library;
use laurel::credential::json;
use serde_json::Value;

use super::nquads;
use crate::vectors::vector;

const FURTHER_CONTEXTS: [&str; 23] = [
    "c031/c031-context.jsonld",
    "c031-context.jsonld",
    "c034-context.jsonld",
    "e124-context.jsonld",
    "e125-context-1.jsonld",
    "e125-context-2.jsonld",
    "e126-context.jsonld",
    "e126-context-1.jsonld",
    "e126-context-2.jsonld",
    "e126-context-3.jsonld",
    "e127-context-1.jsonld",
    "e127-context-2.jsonld",
    "e128-context-1.jsonld",
    "e128-context-2.jsonld",
    "e128-context-3.jsonld",
    "so05-context.jsonld",
    "so06-context.jsonld",
    "so07-context.jsonld",
    "so08-context.jsonld",
    "so09-context.jsonld",
    "so10-context.jsonld",
    "so11-context.jsonld",
    "so13-context.jsonld",
];

/// What JSON-LD would drop or read by an option, and is refused here: the documents, and the words for it.
const REFUSED: [(&str, &[&str]); 14] = [
    ("the option ", &["di09", "di10", "di11", "di12", "e077"]),
    ("an object that says nothing", &["0030", "e001", "e046"]),
    ("the index ", &["c013", "e036", "e044", "e063", "e082", "e083", "e084", "e096", "e097", "e098", "e105", "e107"]),
    (
        "is not defined by the context",
        &["c014", "c018", "e003", "e059", "e060", "e065", "pr06", "pr19", "pr36", "pr38"],
    ),
    ("the scoped context of the nesting term ", &["c037", "c038"]),
    ("the base direction of a string", &["di01", "di02", "di03", "di04", "di05", "di06"]),
    ("a null would be dropped", &["e004", "e015", "e016", "e019"]),
    ("@language stands without a value", &["e008"]),
    (", which stands for nothing, would be dropped", &["e032", "e119", "in06", "pr34", "pr35"]),
    ("free-floating", &["e045", "e047"]),
    (", a blank node, would be dropped", &["e068"]),
    ("is not an absolute IRI", &["e111", "e112", "e122", "li12", "li14", "wf01", "wf02", "wf03", "wf04", "wf07"]),
    ("negative zero", &["rt01"]),
    ("is not a language tag", &["wf05"]),
];

/// What is refused under another name than JSON-LD has for it: the document, and the words here.
const NAMED_OTHERWISE: [(&str, &str); 8] = [
    ("e123", "is not an absolute IRI"),
    ("er04", "is not known here"),
    ("er05", "is not known here"),
    ("er31", "@index would be dropped"),
    ("in08", "a free-floating value"),
    ("in09", "the free-floating value"),
    ("so03", "is not known here"),
    ("so12", "is not known here"),
];

enum Outcome {
    Right,
    Refused(String),
    Wrong(String),
}

#[test]
fn none_of_the_published_documents_is_read_wrongly() {
    let Some(manifest) = vector("json-ld/toRdf-manifest.jsonld") else { return };
    let manifest: Value = serde_json::from_slice(&manifest).expect("the manifest is JSON");
    let base = manifest["baseIri"].as_str().expect("baseIri");
    let library = library(base);
    let (mut right, mut refused, mut skipped, mut wrong) = (0, BTreeMap::new(), 0, Vec::new());
    for entry in manifest["sequence"].as_array().expect("sequence") {
        let option = &entry["option"];
        if option["specVersion"] == "json-ld-1.0" || option["processingMode"] == "json-ld-1.0" {
            skipped += 1;
            continue;
        }
        match run(entry, base, &library) {
            Outcome::Right => right += 1,
            Outcome::Refused(why) => drop(refused.insert(id(entry).to_owned(), why)),
            Outcome::Wrong(how) => wrong.push(format!("{} {}: {how}", entry["@id"], entry["name"])),
        }
    }
    for (id, why) in &refused {
        println!("JSON-LD toRdf: {id} refused: {why}");
    }
    println!(
        "JSON-LD toRdf: {right} right, {} refused, {} wrong; {skipped} are for JSON-LD 1.0 only",
        refused.len(),
        wrong.len()
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(right >= 300, "only {right} right");
    for (why, ids) in REFUSED {
        for id in ids {
            let said = refused.remove(*id).unwrap_or_default();
            assert!(said.contains(why), "{id} is refused because {why}: {said:?}");
        }
    }
    assert_eq!(refused, BTreeMap::new(), "what can be read is read");
}

/// Such as `e001`.
fn id(entry: &Value) -> &str {
    entry["@id"].as_str().and_then(|id| id.strip_prefix("#t")).expect("@id")
}

/// A negative test is right when we refuse for the same reason; a positive one when the graphs are the same.
fn run(entry: &Value, base: &str, library: &Library) -> Outcome {
    let positive = entry["@type"][0] == "jld:PositiveEvaluationTest";
    let negative = entry["@type"][0] == "jld:NegativeEvaluationTest";
    let option = &entry["option"];
    if let Some(named) =
        ["expandContext", "rdfDirection", "produceGeneralizedRdf"].iter().find(|named| !option[**named].is_null())
    {
        return Outcome::Refused(format!("the option {named}"));
    }
    // One entry names its file in the folder of another suite.
    let input = entry["input"].as_str().expect("input").replace("expand/", "toRdf/");
    let address = option["base"].as_str().map_or_else(|| format!("{base}{input}"), str::to_owned);
    let text = vector(&format!("json-ld/{input}")).expect("the input is there");
    let read = json::parse(&text).map_err(|error| error.to_string());
    let dataset =
        read.and_then(|document| canon::to_rdf(&document, library, Some(&address)).map_err(|error| error.to_string()));
    let canonical =
        dataset.and_then(|dataset| dataset.canonicalize(HashAlgorithm::Sha256).map_err(|error| error.to_string()));
    match canonical {
        Err(why) if negative => {
            let named = NAMED_OTHERWISE.iter().find(|(named, _)| *named == id(entry)).map(|(_, words)| *words);
            let reason = named.or_else(|| entry["expectErrorCode"].as_str()).expect("expectErrorCode");
            match why.contains(reason) {
                true => Outcome::Right,
                false => Outcome::Wrong(format!("refused because {why}, and not because {reason}")),
            }
        }
        Err(why) => Outcome::Refused(why),
        Ok(_) if negative => Outcome::Wrong(format!("accepted, but {} was expected", entry["expectErrorCode"])),
        Ok(_) if !positive => Outcome::Right,
        Ok(canonical) => {
            let expected =
                vector(&format!("json-ld/{}", entry["expect"].as_str().expect("expect"))).expect("the result is there");
            let expected = nquads::read(std::str::from_utf8(&expected).expect("UTF-8"));
            let expected = expected.dataset.canonicalize(HashAlgorithm::Sha256).expect("canonical").nquads;
            match canonical.nquads == expected {
                true => Outcome::Right,
                false => Outcome::Wrong(format!("\n{}instead of\n{expected}", canonical.nquads)),
            }
        }
    }
}

fn library(base: &str) -> Library {
    Library::new(FURTHER_CONTEXTS.iter().map(|name| {
        let text = vector(&format!("json-ld/toRdf/{name}")).expect("the context is there");
        (format!("{base}toRdf/{name}"), Cow::Owned(String::from_utf8(text).expect("UTF-8")))
    }))
}

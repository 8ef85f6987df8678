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
            Outcome::Refused(why) => drop(refused.insert(entry["@id"].to_string(), why)),
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
}

/// A negative test is right when we refuse; a positive one when the graphs are the same.
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
        Err(_) if negative => Outcome::Right,
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

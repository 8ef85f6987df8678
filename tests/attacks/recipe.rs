//! How something handed in, or answered by a server, is made. In this order:
//!
//! a document of bases/ → `edits` (as in RFC 6902) → `proof` by a key of keys.rs → edits `then` → its text → `rewrite` of the text, or all
//! that as the payload of a `jwt` → put in the place of `{badge}` into a `text`, `parts`, an `svg` or the chunks of a `png` → `gzip`.
//!
//! In texts `<multibase:issuer>`, `<p256:issuer>`, `<pem:issuer>`, `<pem-p256>`, `<jwk:issuer>` and `<jwk-rsa>` stand for public keys.

use super::{folder, keys, proof::Proof, token::Token};
use base64::{Engine, prelude::*};
use flate2::{
    Compression,
    write::{GzEncoder, ZlibEncoder},
};
use serde::Deserialize;
use serde_json::Value;
use std::{collections::HashMap, fs, io::Write};

#[derive(Deserialize, Clone, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Recipe {
    base: Option<String>,
    #[serde(default)]
    edits: Vec<Edit>,
    bits: Option<Bits>,
    /// By default the issuer's, for a credential; an empty list for none.
    proof: Option<Vec<Proof>>,
    #[serde(default)]
    then: Vec<Edit>,
    jwt: Option<Token>,
    #[serde(default)]
    rewrite: Vec<Rewrite>,
    text: Option<String>,
    parts: Option<Vec<Part>>,
    base64: Option<String>,
    svg: Option<String>,
    png: Option<Vec<Chunk>>,
    /// Text behind a picture's end.
    #[serde(default)]
    behind: String,
    #[serde(default)]
    gzip: bool,
}

#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
pub struct Edit {
    op: Op,
    path: String,
    value: Option<Value>,
    /// The value as JSON, for what TOML has no words for.
    json: Option<String>,
    /// So many members or elements of the value; `{n}` in its texts is the number.
    times: Option<usize>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum Op {
    Add,
    Replace,
    Remove,
}

/// The first place of a text in another, written otherwise.
#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
pub struct Rewrite {
    find: String,
    with: String,
}

#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
struct Part {
    text: String,
    #[serde(default = "once")]
    times: usize,
}

/// The `encodedList` of a status list.
#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Bits {
    #[serde(default = "usual_length")]
    bytes: usize,
    /// Counted from the most significant bit of the first byte.
    #[serde(default)]
    set: Vec<usize>,
    /// The same counted from the least significant bit of each byte.
    #[serde(default)]
    set_reversed: Vec<usize>,
    /// A second gzip member behind the first, of so many bytes of ones.
    second_member: Option<usize>,
    /// Bytes behind the gzip member.
    #[serde(default)]
    tail: String,
    /// Not packed at all, or packed in zlib's frame.
    packing: Option<String>,
    prefix: Option<String>,
    /// So many characters are left off at the end.
    #[serde(default)]
    cut: usize,
}

/// A chunk of a PNG.
#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Chunk {
    kind: String,
    /// What stands before the text; `\u0000` ends a keyword.
    #[serde(default)]
    head: String,
    #[serde(default)]
    text: String,
    #[serde(default = "once")]
    text_times: usize,
    /// Packs the text as zlib does.
    #[serde(default)]
    packed: bool,
    #[serde(default = "once")]
    times: usize,
    /// A wrong checksum.
    #[serde(default)]
    wrong_checksum: bool,
    /// The length it says it has.
    length: Option<u32>,
}

fn once() -> usize {
    1
}

fn usual_length() -> usize {
    131_072 / 8
}

impl Recipe {
    pub fn made(&self) -> Vec<u8> {
        let badge = self.base.as_deref().map_or_else(String::new, |base| self.document(base));
        let put = |text: &str| filled(&text.replace("{badge}", &badge));
        let made = if let Some(text) = &self.text {
            put(text).into_bytes()
        } else if let Some(parts) = &self.parts {
            parts.iter().map(|part| put(&part.text).repeat(part.times)).collect::<String>().into_bytes()
        } else if let Some(text) = &self.base64 {
            BASE64_STANDARD.decode(text.split_whitespace().collect::<String>()).unwrap()
        } else if let Some(svg) = &self.svg {
            let escaped = badge.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
            put(&svg.replace("{escaped badge}", &escaped)).into_bytes()
        } else if let Some(chunks) = &self.png {
            [png(chunks, &badge), put(&self.behind).into_bytes()].concat()
        } else {
            badge.into_bytes()
        };
        if self.gzip { packed(&made) } else { made }
    }

    fn document(&self, base: &str) -> String {
        let mut document = edited(based(base), &self.edits);
        if let Some(bits) = &self.bits {
            document["credentialSubject"]["encodedList"] = Value::String(bits.encoded());
        }
        if let Some(token) = &self.jwt {
            return rewritten(token.around(&document), &self.rewrite);
        }
        let usual = vec![Proof::default(); usize::from(document.get("credentialSubject").is_some())];
        let proofs: Vec<Value> =
            self.proof.as_ref().unwrap_or(&usual).iter().map(|proof| proof.over(&document)).collect();
        if !proofs.is_empty() {
            document["proof"] = Value::Array(proofs);
        }
        rewritten(edited(document, &self.then).to_string(), &self.rewrite)
    }
}

fn based(name: &str) -> Value {
    let path = folder().join("bases").join(name).with_extension("json");
    let text = fs::read_to_string(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
    let mut document = serde_json::from_str(&text).unwrap();
    fill(&mut document);
    document
}

pub fn edited(mut document: Value, edits: &[Edit]) -> Value {
    for edit in edits {
        edit.apply(&mut document);
    }
    document
}

pub fn rewritten(text: String, changes: &[Rewrite]) -> String {
    changes.iter().fold(text, |text, change| {
        assert!(text.contains(&change.find), "there is no {} to be written otherwise in {text}", change.find);
        text.replacen(&change.find, &filled(&change.with), 1)
    })
}

impl Edit {
    fn apply(&self, document: &mut Value) {
        let (parent, name) = self.path.rsplit_once('/').unwrap();
        let name = name.replace("~1", "/").replace("~0", "~");
        let place = document.pointer_mut(parent).unwrap_or_else(|| panic!("there is no {parent}"));
        match (self.op, place) {
            (Op::Remove, Value::Object(object)) => drop(object.shift_remove(&name).expect(&name)),
            (Op::Remove, Value::Array(list)) => drop(list.remove(name.parse().unwrap())),
            (Op::Add, Value::Array(list)) if name == "-" => list.push(self.value()),
            (Op::Add, Value::Array(list)) => list.insert(name.parse().unwrap(), self.value()),
            (Op::Replace, Value::Array(list)) => list[name.parse::<usize>().unwrap()] = self.value(),
            (Op::Add, Value::Object(object)) => drop(object.insert(name, self.value())),
            (Op::Replace, Value::Object(object)) => {
                assert!(object.insert(name, self.value()).is_some(), "there was no {}", self.path);
            }
            (_, other) => panic!("{} is in {other}", self.path),
        }
    }

    fn value(&self) -> Value {
        let text = self.json.as_ref().map(|json| serde_json::from_str(json).unwrap());
        let mut value = self.value.clone().or(text).expect("an edit has a value or json");
        if let Some(times) = self.times {
            let numbered = |n: usize| serde_json::from_str(&value.to_string().replace("{n}", &n.to_string())).unwrap();
            value = Value::Array((0..times).map(numbered).collect());
        }
        fill(&mut value);
        value
    }
}

impl Bits {
    fn encoded(&self) -> String {
        let mut bits = vec![0u8; self.bytes];
        self.set.iter().for_each(|at| bits[at / 8] |= 0x80 >> (at % 8));
        self.set_reversed.iter().for_each(|at| bits[at / 8] |= 1 << (at % 8));
        let mut whole = match self.packing.as_deref() {
            None => packed(&bits),
            Some("none") => bits,
            Some("zlib") => zlib(&bits),
            Some(other) => panic!("nobody packs by {other}"),
        };
        if let Some(bytes) = self.second_member {
            whole.extend(packed(&vec![0xff; bytes]));
        }
        whole.extend(self.tail.as_bytes());
        let mut text = format!("{}{}", self.prefix.as_deref().unwrap_or("u"), BASE64_URL_SAFE_NO_PAD.encode(whole));
        text.truncate(text.len() - self.cut);
        text
    }
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(bytes).unwrap();
    gzip.finish().unwrap()
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut zlib = ZlibEncoder::new(Vec::new(), Compression::best());
    zlib.write_all(bytes).unwrap();
    zlib.finish().unwrap()
}

/// A picture of one grey point with these chunks before its data.
fn png(chunks: &[Chunk], badge: &str) -> Vec<u8> {
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    push(&mut png, b"IHDR", &[0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0], None, false);
    for chunk in chunks {
        let text = chunk.text.replace("{badge}", badge).repeat(chunk.text_times).into_bytes();
        let text = if chunk.packed { zlib(&text) } else { text };
        let data = [chunk.head.as_bytes(), &text].concat();
        for _ in 0..chunk.times {
            push(&mut png, chunk.kind.as_bytes(), &data, chunk.length, chunk.wrong_checksum);
        }
    }
    push(&mut png, b"IDAT", &zlib(&[0, 128]), None, false);
    push(&mut png, b"IEND", &[], None, false);
    png
}

fn push(png: &mut Vec<u8>, kind: &[u8], data: &[u8], length: Option<u32>, wrong: bool) {
    png.extend(length.unwrap_or(data.len() as u32).to_be_bytes());
    let mut checksum = flate2::Crc::new();
    checksum.update(kind);
    checksum.update(data);
    png.extend(kind);
    png.extend(data);
    png.extend((checksum.sum() ^ u32::from(wrong)).to_be_bytes());
}

/// Puts keys in their places in every text.
pub fn fill(value: &mut Value) {
    match value {
        Value::String(text) => match text.as_str() {
            "<jwk:issuer>" => *value = keys::jwk("issuer"),
            "<jwk:stranger>" => *value = keys::jwk("stranger"),
            "<jwk-rsa>" => *value = keys::rsa_jwk(),
            _ if text.contains('<') => *text = filled(text),
            _ => {}
        },
        Value::Array(values) => values.iter_mut().for_each(fill),
        Value::Object(members) => members.values_mut().for_each(fill),
        _ => {}
    }
}

pub fn filled(text: &str) -> String {
    if !text.contains("<") {
        return text.to_owned();
    }
    let known: HashMap<&str, String> = HashMap::from([
        ("<multibase:issuer>", keys::multibase("issuer")),
        ("<multibase:stranger>", keys::multibase("stranger")),
        ("<p256:issuer>", keys::p256_multibase("issuer")),
        ("<pem:issuer>", keys::ed25519_pem("issuer")),
        ("<pem:stranger>", keys::ed25519_pem("stranger")),
        ("<pem-p256>", keys::p256_pem()),
    ]);
    known.iter().fold(text.to_owned(), |text, (name, key)| text.replace(name, key))
}

//! Changes a good input into one that nobody meant: bits, pieces and lengths of any bytes; values, names and nesting of JSON, on
//! its own or in a JWT, a PNG or an SVG.
//!
//! Everything is drawn from one seeded generator, so an input is known by its number.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use rand::{RngExt, rngs::StdRng};
use serde_json::{Map, Value, json};

/// Texts that mean something to someone.
const TEXTS: [&str; 40] = [
    "",
    " ",
    "\u{0}",
    "\u{feff}",
    "\u{202e}gro.elpmaxe",
    "é\u{301}\u{1f3c5}",
    "@id",
    "@type",
    "@context",
    "@graph",
    "@vocab",
    "@json",
    "_:b0",
    "#key-1",
    "did:web:badges.example.org",
    "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK",
    "did:jwk:eyJrdHkiOiJPS1AifQ",
    "https://badges.example.org/status/3",
    "https://a.example/badges/17",
    "https://badges.example.org/.well-known/did.json",
    "2026-01-15T10:00:00Z",
    "9999-12-31T23:59:59.999999999999Z",
    "-0001-01-01T00:00:00+99:99",
    "eddsa-jcs-2022",
    "ecdsa-rdfc-2019",
    "Ed25519Signature2020",
    "BitstringStatusListEntry",
    "StatusList2021Entry",
    "1EdTechRevocationList",
    "VerifiablePresentation",
    "EndorsementCredential",
    "EnvelopedVerifiableCredential",
    "HostedBadge",
    "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA",
    "H4sIAAAAAAAA_wMAAAAAAAAAAAA",
    "zQebt6zPwbE4Vw5GFAjrunHR67Lt5bVbjkpPjCqXYzzzzzzz",
    "sha256$00",
    "../../etc/passwd",
    "' OR 1=1 --",
    "<script>alert(1)</script>",
];

/// Numbers as JSON may write them.
const NUMBERS: [&str; 14] = [
    "-0",
    "0.0",
    "1.0",
    "1e3",
    "1e400",
    "-1",
    "131072",
    "4294967296",
    "9007199254740993",
    "12345678901234567890123",
    "1E-7",
    "01",
    "0.1000000000000000055511151231257827",
    "NaN",
];

const NAMES: [&str; 24] = [
    "@context",
    "id",
    "@id",
    "type",
    "@type",
    "proof",
    "issuer",
    "credentialSubject",
    "credentialStatus",
    "credentialSchema",
    "validUntil",
    "achievement",
    "statusListIndex",
    "statusListCredential",
    "encodedList",
    "verificationMethod",
    "endorsement",
    "endorsementJwt",
    "refreshService",
    "verifiableCredential",
    "vc",
    "badge",
    "verification",
    "recipient",
];

/// Stands in JSON where something is written that a library would not write.
const MARK: &str = "\u{e000}mark";

pub struct Mutator<'a> {
    pub rng: StdRng,
    pub seeds: &'a [Vec<u8>],
    /// Addresses that must not be connected to, beside the texts above.
    pub urls: &'a [String],
}

impl Mutator<'_> {
    /// One to three changes.
    pub fn mutate(&mut self, seed: &[u8]) -> Vec<u8> {
        let mut bytes = seed.to_vec();
        for _ in 0..1 + self.below(3) {
            bytes = match self.below(3) {
                0 => self.bytes(bytes),
                _ => self.inside(&bytes).unwrap_or_else(|| self.bytes(bytes)),
            };
        }
        bytes.truncate(3_000_000);
        bytes
    }

    /// The same of a document, changed as JSON only.
    pub fn mutate_json(&mut self, mut document: Value) -> Vec<u8> {
        let mut text = document.to_string();
        for _ in 0..1 + self.below(2) {
            text = self.json(document);
            match serde_json::from_str(&text) {
                Ok(changed) => document = changed,
                Err(_) => break,
            }
        }
        text.into_bytes()
    }

    /// A change of what the format holds; none when it is no format that is known.
    fn inside(&mut self, bytes: &[u8]) -> Option<Vec<u8>> {
        if let Ok(document) = serde_json::from_slice(bytes) {
            return Some(self.json(document).into_bytes());
        }
        if bytes.starts_with(b"\x89PNG") {
            return self.png(bytes);
        }
        let text = std::str::from_utf8(bytes).ok()?;
        if text.contains("<svg") {
            Some(self.svg(text).into_bytes())
        } else {
            self.jwt(text.trim()).map(String::into_bytes)
        }
    }

    fn bytes(&mut self, mut bytes: Vec<u8>) -> Vec<u8> {
        if bytes.is_empty() {
            return vec![0];
        }
        let (from, to) = self.range(bytes.len());
        match self.below(9) {
            0 | 1 => {
                for _ in 0..1 + self.below(8) {
                    let at = self.below(bytes.len());
                    bytes[at] ^= 1 << self.below(8);
                }
            }
            2 => {
                let byte = [0, 1, 0x7f, 0x80, 0xff, b'"', b'{', b'.', b'<'][self.below(9)];
                let at = self.below(bytes.len());
                bytes[at] = byte;
            }
            3 => {
                let other = &self.seeds[self.below(self.seeds.len())];
                let (start, end) = self.range(other.len());
                bytes.splice(from..to, other[start..end].iter().copied());
            }
            4 => {
                let piece = bytes[from..to].to_vec();
                for _ in 0..1 + self.below(4) {
                    bytes.splice(to..to, piece.iter().copied());
                }
            }
            5 => {
                bytes.drain(from..to);
            }
            6 => bytes.truncate(from),
            7 => {
                let length = [0u32, 1, 0x7fff_ffff, 0x8000_0000, u32::MAX][self.below(5)].to_be_bytes();
                let at = self.below(bytes.len());
                let end = (at + 4).min(bytes.len());
                bytes[at..end].copy_from_slice(&length[..end - at]);
            }
            _ => {
                let text = self.text();
                bytes.splice(from..from, text.bytes());
            }
        }
        bytes
    }

    /// The document with a change somewhere inside.
    fn json(&mut self, mut document: Value) -> String {
        let count = count(&document);
        let wanted = self.below(count);
        let mut written = MARK.to_owned();
        let node = find(&mut document, &mut { wanted });
        match self.below(14) {
            0 | 1 => *node = Value::String(self.text()),
            2 => {
                *node = json!(MARK);
                written = NUMBERS[self.below(NUMBERS.len())].to_owned();
            }
            3 => *node = [Value::Null, json!(true), json!([]), json!({}), json!([[]]), json!(7)][self.below(6)].clone(),
            4 => *node = json!([node.take()]),
            5 => *node = json!({NAMES[self.below(NAMES.len())]: node.take()}),
            6 => {
                let twice = node.take();
                *node = json!([twice, twice]);
            }
            7 => {
                let depth = [3, 30, 70, 200, 3_000][self.below(5)];
                written = format!("{}7{}", "[".repeat(depth), "]".repeat(depth));
                *node = json!(MARK);
            }
            8 => {
                let size = 1 << self.below(17);
                *node = match self.below(3) {
                    0 => json!("x".repeat(size)),
                    1 => json!(vec![0; size.min(5_000)]),
                    _ => Value::Object((0..size.min(3_000)).map(|n| (format!("k{n}"), json!(n))).collect()),
                };
            }
            _ => {
                let (name, value) = (self.name(), self.value());
                match node {
                    Value::Object(members) => self.object(members, name, value, &mut written),
                    Value::Array(list) => {
                        let at = self.below(list.len() + 1);
                        list.insert(at, value);
                    }
                    other => *other = value,
                }
            }
        }
        let text = document.to_string();
        // A name that is there twice, or a value that no library writes.
        text.replace(&format!("\"{MARK}\":"), &format!("{written}:")).replace(&format!("\"{MARK}\""), &written)
    }

    fn object(&mut self, members: &mut Map<String, Value>, name: String, value: Value, written: &mut String) {
        let names: Vec<String> = members.keys().cloned().collect();
        let own = if names.is_empty() { name.clone() } else { names[self.below(names.len())].clone() };
        match self.below(6) {
            0 => drop(members.shift_remove(&own)),
            1 => {
                let moved = members.shift_remove(&own).unwrap_or(value);
                members.insert(name, moved);
            }
            2 => {
                let other = names.get(self.below(names.len().max(1))).cloned().unwrap_or_default();
                let (first, second) = (members.get(&own).cloned(), members.get(&other).cloned());
                if let (Some(first), Some(second)) = (first, second) {
                    members.insert(own, second);
                    members.insert(other, first);
                }
            }
            3 => {
                members.insert(MARK.to_owned(), value);
                *written = json!(own).to_string();
            }
            4 => drop(members.insert(own, value)),
            _ => drop(members.insert(name, value)),
        }
    }

    fn jwt(&mut self, text: &str) -> Option<String> {
        let mut parts: Vec<String> = text.split('.').map(str::to_owned).collect();
        if parts.len() < 2 || parts.len() > 5 {
            return None;
        }
        let at = self.below(parts.len());
        let part = BASE64_URL_SAFE_NO_PAD.decode(&parts[at]).ok()?;
        let changed = match serde_json::from_slice(&part) {
            Ok(document) => self.json(document).into_bytes(),
            Err(_) => self.bytes(part),
        };
        parts[at] = BASE64_URL_SAFE_NO_PAD.encode(changed);
        if self.below(8) == 0 {
            let again = parts[self.below(parts.len())].clone();
            parts.push(again);
        }
        Some(parts.join("."))
    }

    /// Changes a chunk, and writes its checksum anew most of the time.
    fn png(&mut self, bytes: &[u8]) -> Option<Vec<u8>> {
        let mut chunks = chunks(bytes)?;
        let at = self.below(chunks.len());
        let text = chunks.iter().position(|(kind, _)| kind == b"iTXt" || kind == b"tEXt").unwrap_or(at);
        match self.below(6) {
            0 => {
                let again = chunks[at].clone();
                chunks.insert(at, again);
            }
            1 => {
                chunks.remove(at);
            }
            2 => {
                let other = self.below(chunks.len());
                chunks.swap(at, other);
            }
            3 => chunks[text].1 = self.bytes(chunks[text].1.clone()),
            4 => chunks[text].0 = *[b"tEXt", b"zTXt", b"iTXt", b"IEND"][self.below(4)],
            _ => {
                let data = chunks[text].1.clone();
                let keyword = data.iter().position(|byte| *byte == 0)?;
                let start = keyword + data[keyword..].iter().position(|byte| *byte == b'{' || *byte == b'e')?;
                let inner = self.inside(&data[start..]).unwrap_or_else(|| self.bytes(data[start..].to_vec()));
                chunks[text].1 = [&data[..start], &inner].concat();
            }
        }
        let mut png = bytes[..8].to_vec();
        for (kind, data) in chunks {
            let mut sum = flate2::Crc::new();
            sum.update(&kind);
            sum.update(&data);
            let wrong = u32::from(self.below(40) == 0);
            let length = u32::try_from(data.len()).ok()?;
            for piece in [&length.to_be_bytes(), &kind, data.as_slice(), &(sum.sum() ^ wrong).to_be_bytes()] {
                png.extend_from_slice(piece);
            }
        }
        Some(png)
    }

    fn svg(&mut self, text: &str) -> String {
        let place = |needle: &str| text.find(needle).unwrap_or(0);
        match self.below(6) {
            0 => format!(
                "<!DOCTYPE svg [<!ENTITY a \"{}\"><!ENTITY b \"&a;&a;&a;\">]>{}",
                self.text(),
                text.replace("<svg", "<svg x=\"&b;\"")
            ),
            1 => text.replacen("<svg", &format!("<svg{}", " a=\"1\"".repeat(1 + self.below(50))), 1),
            2 => {
                let deep = 1 << self.below(12);
                text.replacen(
                    "</svg>",
                    &format!("{}{}</svg>", "<g>".repeat(deep), "</g>".repeat(self.below(deep + 1))),
                    1,
                )
            }
            3 => text.replace("CDATA", ["cdata", "CDATA[", "CDATA]]><![CDATA"][self.below(3)]),
            4 => {
                let (from, to) = (place("<openbadges"), text.len());
                format!("{}{}{}", &text[..from], &text[from..to], &text[from..to])
            }
            _ => {
                let from = place("CDATA[") + 6;
                let to = text.find("]]>").filter(|to| *to > from).unwrap_or(text.len()).max(from.min(text.len()));
                let from = from.min(to);
                let Some(inner) = self.inside_text(&text[from..to]) else { return self.text() + text };
                format!("{}{inner}{}", &text[..from], &text[to..])
            }
        }
    }

    fn inside_text(&mut self, text: &str) -> Option<String> {
        match serde_json::from_str(text.trim()) {
            Ok(document) => Some(self.json(document)),
            Err(_) => self.jwt(text.trim()),
        }
    }

    fn value(&mut self) -> Value {
        match self.below(4) {
            0 => json!({"id": self.text(), "type": self.text()}),
            1 => {
                // A piece of another badge.
                let other = &self.seeds[self.below(self.seeds.len())];
                let mut other: Value = serde_json::from_slice(other).unwrap_or_else(|_| json!([self.text()]));
                let wanted = self.below(count(&other));
                find(&mut other, &mut { wanted }).take()
            }
            _ => json!(self.text()),
        }
    }

    fn name(&mut self) -> String {
        if self.below(5) == 0 { self.text() } else { NAMES[self.below(NAMES.len())].to_owned() }
    }

    fn text(&mut self) -> String {
        match self.below(3) {
            0 => self.urls[self.below(self.urls.len())].clone(),
            _ => TEXTS[self.below(TEXTS.len())].to_owned(),
        }
    }

    pub fn below(&mut self, end: usize) -> usize {
        self.rng.random_range(0..end.max(1))
    }

    /// A range within so many bytes, short more often than long.
    fn range(&mut self, length: usize) -> (usize, usize) {
        let from = self.below(length);
        let longest = [4, 64, 1_024, length][self.below(4)].min(length - from.min(length));
        (from, (from + self.below(longest + 1)).min(length))
    }
}

/// How many values there are, the document itself among them.
fn count(value: &Value) -> usize {
    match value {
        Value::Array(list) => 1 + list.iter().map(count).sum::<usize>(),
        Value::Object(members) => 1 + members.values().map(count).sum::<usize>(),
        _ => 1,
    }
}

/// The value that comes `left` values later; the last one when there are fewer.
fn find<'a>(value: &'a mut Value, left: &mut usize) -> &'a mut Value {
    if *left == 0 || !value.is_array() && !value.is_object() {
        return value;
    }
    *left -= 1;
    let children: Vec<&'a mut Value> = match value {
        Value::Array(list) => list.iter_mut().collect(),
        Value::Object(members) => members.values_mut().collect(),
        _ => Vec::new(),
    };
    for child in children {
        let size = count(child);
        if *left < size {
            return find(child, left);
        }
        *left -= size;
    }
    unreachable!("it was counted")
}

/// Kind and data of each chunk.
fn chunks(png: &[u8]) -> Option<Vec<([u8; 4], Vec<u8>)>> {
    let (mut rest, mut found) = (png.get(8..)?, Vec::new());
    while rest.len() >= 12 {
        let length = u32::from_be_bytes(rest[..4].try_into().ok()?) as usize;
        let data = rest.get(8..8usize.checked_add(length)?)?;
        found.push((rest[4..8].try_into().ok()?, data.to_vec()));
        rest = rest.get(length + 12..)?;
    }
    (!found.is_empty()).then_some(found)
}

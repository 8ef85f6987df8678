//! SVG: the credential stands in `<openbadges:credential>` right after the opening `<svg>`, as CDATA.
//!
//! The file is edited as text at the places the parser names, so the picture stays as it was. A document type is read over when it only
//! names the standard's; any other is refused, and no entity but XML's own five is ever expanded. A picture that would run something, or read
//! a file of whoever looks at it, is refused with whatever badge is inside.
//! A VC-JWT stands in the element's `verify` attribute: it is read, never written.
//! A badge of Open Badges 2 or 1 stands in `<openbadges:assertion>`, whose `verify` has its address or its signed form; inside the element
//! may stand its text. It is read and replaced, never written.

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::{BakeError, LARGEST_CREDENTIAL, LARGEST_PICTURE};

const NAMESPACE: &str = "https://purl.imsglobal.org/ob/v3p0";
/// Of Open Badges 2 and 1.
const OLD_NAMESPACE: &str = "http://openbadges.org";
/// A picture nests far less.
const DEEPEST: usize = 256;

/// Puts a credential into an SVG, in the place of any that is there.
pub fn bake_svg(svg: &str, credential: &str) -> Result<String, BakeError> {
    if credential.len() > LARGEST_CREDENTIAL {
        return Err(BakeError::CredentialTooLarge);
    }
    let scan = scan(svg)?;
    let mut baked = String::with_capacity(svg.len() + credential.len() + 160);
    let (before, after) = svg.split_at_checked(scan.open_end).ok_or_else(not_svg)?;
    match &scan.empty {
        Some(name) => {
            baked.push_str(before.strip_suffix("/>").ok_or_else(not_svg)?);
            baked.push('>');
            baked.push_str(&element(credential));
            baked.push_str(&format!("</{name}>"));
        }
        None => {
            baked.push_str(before);
            baked.push_str(&element(credential));
        }
    }
    let mut kept = scan.open_end;
    for old in &scan.credentials {
        baked.push_str(svg.get(kept..old.start).unwrap_or_default());
        kept = old.end;
    }
    baked.push_str(if scan.credentials.is_empty() { after } else { svg.get(kept..).unwrap_or_default() });
    Ok(baked)
}

/// Takes the credential out of an SVG.
pub fn unbake_svg(svg: &str) -> Result<String, BakeError> {
    let mut credentials = scan(svg)?.credentials.into_iter();
    let credential = credentials.next().ok_or(BakeError::NoCredential)?;
    if credentials.next().is_some() {
        return Err(BakeError::TwoCredentials);
    }
    let text = match &credential.verify {
        // The address of a hosted badge says less than the copy beside it; a signed form says all.
        Some(verify) if verify.trim().starts_with("eyJ") || credential.text.trim().is_empty() => verify,
        _ => &credential.text,
    };
    let text = text.trim();
    if text.is_empty() {
        return Err(BakeError::NoCredential);
    }
    if text.len() > LARGEST_CREDENTIAL {
        return Err(BakeError::CredentialTooLarge);
    }
    Ok(text.to_owned())
}

#[derive(Default)]
struct Scan {
    /// Where the opening `<svg …>` ends.
    open_end: usize,
    /// The root's name, when it is written `<svg …/>`.
    empty: Option<String>,
    credentials: Vec<Baked>,
}

struct Prefix {
    /// Where it holds from.
    depth: usize,
    name: String,
    /// The element that carries a badge in its namespace.
    element: &'static str,
}

struct Baked {
    start: usize,
    end: usize,
    text: String,
    verify: Option<String>,
}

/// One walk over the file: where the root opens, and every credential in it.
fn scan(svg: &str) -> Result<Scan, BakeError> {
    if svg.len() > LARGEST_PICTURE {
        return Err(BakeError::PictureTooLarge);
    }
    let mut reader = Reader::from_str(svg);
    let mut scan = Scan::default();
    let mut depth = 0;
    // The prefixes bound to a namespace of Open Badges.
    let mut prefixes: Vec<Prefix> = Vec::new();
    // The credential being read, with the depth of its element.
    let mut open: Option<(usize, Baked)> = None;
    loop {
        let start = reader.buffer_position() as usize;
        let event = reader.read_event().map_err(|error| BakeError::Svg(error.to_string()))?;
        let end = reader.buffer_position() as usize;
        match event {
            Event::Start(ref tag) | Event::Empty(ref tag) => {
                let empty = matches!(event, Event::Empty(_));
                if depth == 0 {
                    if scan.open_end != 0 || tag.local_name().as_ref() != "svg" {
                        return Err(not_svg());
                    }
                    scan.open_end = end;
                    scan.empty = empty.then(|| tag.name().as_ref().to_owned());
                }
                depth += 1;
                if depth > DEEPEST {
                    return Err(BakeError::Svg("it is nested too deeply".to_owned()));
                }
                harmless(tag)?;
                bind(tag, depth, &mut prefixes)?;
                if open.is_none() && is_credential(tag, &prefixes) {
                    let baked = Baked { start, end, text: String::new(), verify: attribute(tag, "verify")? };
                    open = Some((depth, baked));
                }
                if empty {
                    close(&mut depth, end, &mut prefixes, &mut open, &mut scan);
                }
            }
            Event::End(_) => {
                if depth == 0 {
                    return Err(not_svg());
                }
                close(&mut depth, end, &mut prefixes, &mut open, &mut scan);
            }
            Event::Text(text) => write(&mut open, &text.xml10_content())?,
            Event::CData(text) => write(&mut open, &text.xml10_content())?,
            Event::GeneralRef(reference) => {
                if open.is_some() {
                    write(&mut open, character(&reference)?.encode_utf8(&mut [0; 4]))?;
                }
            }
            Event::DocType(text) => document_type(&text)?,
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
    if scan.open_end == 0 || depth != 0 { Err(not_svg()) } else { Ok(scan) }
}

fn close(
    depth: &mut usize,
    end: usize,
    prefixes: &mut Vec<Prefix>,
    open: &mut Option<(usize, Baked)>,
    scan: &mut Scan,
) {
    if let Some((_, mut baked)) = open.take_if(|(at, _)| at == depth) {
        baked.end = end;
        scan.credentials.push(baked);
    }
    prefixes.retain(|prefix| prefix.depth < *depth);
    *depth -= 1;
}

fn write(open: &mut Option<(usize, Baked)>, text: &str) -> Result<(), BakeError> {
    if let Some((_, baked)) = open {
        if baked.text.len() + text.len() > LARGEST_CREDENTIAL + 4096 {
            return Err(BakeError::CredentialTooLarge);
        }
        baked.text.push_str(text);
    }
    Ok(())
}

/// Refuses what a picture never needs: scripts, event handlers, and addresses that are scripts or files.
fn harmless(tag: &BytesStart) -> Result<(), BakeError> {
    let refused = |what: &str| Err(BakeError::Svg(what.to_owned()));
    if tag.local_name().as_ref().eq_ignore_ascii_case("script") {
        return refused("it carries a script");
    }
    for attribute in tag.attributes().with_checks(false) {
        let attribute = attribute.map_err(|error| BakeError::Svg(error.to_string()))?;
        let name = attribute.key.as_ref().as_bytes();
        if name.len() > 2 && name.get(..2).is_some_and(|start| start.eq_ignore_ascii_case(b"on")) {
            return refused("it carries an event handler");
        }
        match scheme(&attribute.value)?.as_str() {
            "javascript" | "vbscript" => return refused("an address in it is a script"),
            "file" => return refused("it refers to a file of whoever looks at it"),
            _ => {}
        }
    }
    Ok(())
}

/// What stands before the first colon of an address, as browsers read it: without white space and in small letters.
fn scheme(value: &str) -> Result<String, BakeError> {
    const LONGEST: usize = 12;
    let written = if value.contains('&') { plain(value)? } else { value.to_owned() };
    let before = written.split_once(':').map_or("", |(before, _)| before);
    let letters = before.chars().filter(|letter| !letter.is_whitespace() && !letter.is_control());
    Ok(letters.take(LONGEST).collect::<String>().to_ascii_lowercase())
}

/// Takes a document type that names the standard's, or none: `svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/…/svg11.dtd"`.
fn document_type(text: &str) -> Result<(), BakeError> {
    if text.contains('[') {
        return Err(BakeError::Svg("it declares entities".to_owned()));
    }
    let standards = ["http://www.w3.org/", "https://www.w3.org/", "-//W3C//"];
    match text.split(['"', '\'']).nth_back(1) {
        Some(named) if !standards.iter().any(|start| named.starts_with(start)) => {
            Err(BakeError::Svg("its document type is not the standard's".to_owned()))
        }
        _ => Ok(()),
    }
}

/// Notes the prefixes an element binds to a namespace of Open Badges.
fn bind(tag: &BytesStart, depth: usize, prefixes: &mut Vec<Prefix>) -> Result<(), BakeError> {
    let attributes = tag.attributes_raw();
    if !attributes.contains(NAMESPACE) && !attributes.contains(OLD_NAMESPACE) {
        return Ok(());
    }
    for attribute in tag.attributes().with_checks(false) {
        let attribute = attribute.map_err(|error| BakeError::Svg(error.to_string()))?;
        let name = attribute.key.as_ref();
        let prefix = name.strip_prefix("xmlns:").or(if name == "xmlns" { Some("") } else { None });
        let element = match attribute.value.trim_end_matches('/') {
            NAMESPACE => "credential",
            OLD_NAMESPACE => "assertion",
            _ => continue,
        };
        if let Some(prefix) = prefix {
            if prefixes.len() >= 16 {
                return Err(BakeError::Svg("it names the Open Badges namespace too often".to_owned()));
            }
            prefixes.push(Prefix { depth, name: prefix.to_owned(), element });
        }
    }
    Ok(())
}

fn is_credential(tag: &BytesStart, prefixes: &[Prefix]) -> bool {
    let name = tag.name();
    let (prefix, local) = name.as_ref().split_once(':').unwrap_or(("", name.as_ref()));
    prefixes.iter().any(|bound| bound.name == prefix && bound.element == local)
}

fn attribute(tag: &BytesStart, wanted: &str) -> Result<Option<String>, BakeError> {
    for attribute in tag.attributes().with_checks(false) {
        let attribute = attribute.map_err(|error| BakeError::Svg(error.to_string()))?;
        if attribute.key.as_ref() == wanted {
            return plain(&attribute.value).map(Some);
        }
    }
    Ok(None)
}

/// The value of an attribute with XML's own entities written out, as an address with `&` needs it.
fn plain(value: &str) -> Result<String, BakeError> {
    let mut plain = String::with_capacity(value.len());
    let mut parts = value.split('&');
    plain.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (name, rest) = part.split_once(';').ok_or(BakeError::Unreadable("an entity in it has no end"))?;
        plain.push(character(&BytesRef::new(name))?);
        plain.push_str(rest);
    }
    Ok(plain)
}

/// The five entities of XML itself, and characters by number.
fn character(reference: &BytesRef) -> Result<char, BakeError> {
    let refused = BakeError::Unreadable("it uses an entity XML does not define itself");
    if let Some(character) = reference.resolve_char_ref().map_err(|_| refused.clone())? {
        return Ok(character);
    }
    match reference.xml10_content().as_ref() {
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "amp" => Ok('&'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        _ => Err(refused),
    }
}

fn element(credential: &str) -> String {
    // CDATA ends at the first `]]>`, so one inside the text is split over two sections. The two characters that XML 1.0 can't hold
    // occur in JSON only inside strings, where an escape says the same.
    let text =
        credential.replace("]]>", "]]]]><![CDATA[>").replace('\u{fffe}', "\\ufffe").replace('\u{ffff}', "\\uffff");
    format!("<openbadges:credential xmlns:openbadges=\"{NAMESPACE}\"><![CDATA[{text}]]></openbadges:credential>")
}

fn not_svg() -> BakeError {
    BakeError::Svg("it is not one whole svg element".to_owned())
}

//! IRIs as JSON-LD needs them: what is absolute, what is well-formed (RFC 3987 §2.2), and resolving against a base
//! (RFC 3986 §5.2). Nothing is normalised: a canonical form keeps what was written.

/// Splits off the scheme when the text has one (`scheme ":"`, RFC 3986 §3.1).
pub fn scheme(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = text.split_once(':')?;
    let mut bytes = scheme.bytes();
    let valid = bytes.next().is_some_and(|b| b.is_ascii_alphabetic())
        && bytes.all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    valid.then_some((scheme, rest))
}

/// Whether the text is an absolute, well-formed IRI. N-Quads could not hold any other, so nothing else may be signed.
pub fn is_well_formed(text: &str) -> bool {
    let Some((_, rest)) = scheme(text) else { return false };
    let authority = rest.strip_prefix("//").map_or(0, |after| 2 + after.find(['/', '?', '#']).unwrap_or(after.len()));
    let bytes = rest.as_bytes();
    // Most have no other bytes, and there are some hundred in each badge.
    let mut at =
        bytes.iter().position(|byte| !PLAIN.get(usize::from(*byte)).copied().unwrap_or(false)).unwrap_or(bytes.len());
    let (mut fragment, mut query) = (false, false);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' | b':' | b'@' => {}
            b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'=' => {}
            b'?' => query = true,
            b'#' if fragment => return false,
            b'#' => fragment = true,
            b'[' | b']' if at < authority => {}
            b'%' => {
                if !bytes.get(at + 1..at + 3).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit)) {
                    return false;
                }
                at += 2;
            }
            0x80.. => {
                let Some(c) = rest.get(at..).and_then(|rest| rest.chars().next()) else { return false };
                let private = is_private(c) && query && !fragment;
                if !private && !is_ucschar(c) {
                    return false;
                }
                at += c.len_utf8() - 1;
            }
            _ => return false,
        }
        at += 1;
    }
    true
}

/// The bytes that may stand anywhere behind a scheme, whatever stands before them.
static PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let bytes = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/:@!$&'()*+,;=";
    let mut at = 0;
    while at < bytes.len() {
        plain[bytes[at] as usize] = true;
        at += 1;
    }
    plain
};

fn is_ucschar(c: char) -> bool {
    match c as u32 {
        0xA0..=0xD7FF | 0xF900..=0xFDCF | 0xFDF0..=0xFFEF => true,
        code @ 0x10000..=0xEFFFF => code & 0xFFFF < 0xFFFE && !(0xE0000..0xE1000).contains(&code),
        _ => false,
    }
}

fn is_private(c: char) -> bool {
    matches!(c as u32, 0xE000..=0xF8FF | 0xF0000..=0xFFFFD | 0x100000..=0x10FFFD)
}

struct Parts<'a> {
    scheme: Option<&'a str>,
    authority: Option<&'a str>,
    path: &'a str,
    query: Option<&'a str>,
    fragment: Option<&'a str>,
}

fn split(text: &str) -> Parts<'_> {
    let (scheme, rest) = match scheme(text) {
        Some((scheme, rest)) => (Some(scheme), rest),
        None => (None, text),
    };
    let (rest, fragment) = cut(rest, '#');
    let (rest, query) = cut(rest, '?');
    let (authority, path) = match rest.strip_prefix("//") {
        Some(after) => {
            let (authority, path) = after.split_at(after.find('/').unwrap_or(after.len()));
            (Some(authority), path)
        }
        None => (None, rest),
    };
    Parts { scheme, authority, path, query, fragment }
}

fn cut(text: &str, mark: char) -> (&str, Option<&str>) {
    match text.split_once(mark) {
        Some((before, after)) => (before, Some(after)),
        None => (text, None),
    }
}

/// Resolves a reference against an absolute base (RFC 3986 §5.2.2).
pub fn resolve(base: &str, reference: &str) -> String {
    let base = split(base);
    let reference = split(reference);
    let (scheme, authority, path, query) = if reference.scheme.is_some() {
        (reference.scheme, reference.authority, without_dots(reference.path), reference.query)
    } else if reference.authority.is_some() {
        (base.scheme, reference.authority, without_dots(reference.path), reference.query)
    } else if reference.path.is_empty() {
        (base.scheme, base.authority, base.path.to_owned(), reference.query.or(base.query))
    } else if reference.path.starts_with('/') {
        (base.scheme, base.authority, without_dots(reference.path), reference.query)
    } else {
        (base.scheme, base.authority, without_dots(&merged(&base, reference.path)), reference.query)
    };
    let mut iri = String::new();
    if let Some(scheme) = scheme {
        iri += scheme;
        iri.push(':');
    }
    if let Some(authority) = authority {
        iri += "//";
        iri += authority;
    }
    iri += &path;
    for (mark, part) in [('?', query), ('#', reference.fragment)] {
        if let Some(part) = part {
            iri.push(mark);
            iri += part;
        }
    }
    iri
}

fn merged(base: &Parts, path: &str) -> String {
    if base.authority.is_some() && base.path.is_empty() {
        return format!("/{path}");
    }
    let directory = base.path.rfind('/').and_then(|last| base.path.get(..=last)).unwrap_or_default();
    format!("{directory}{path}")
}

/// Removes `.` and `..` segments (RFC 3986 §5.2.4).
fn without_dots(path: &str) -> String {
    let absolute = path.starts_with('/');
    let mut kept: Vec<&str> = Vec::new();
    let segments: Vec<&str> = path.strip_prefix('/').unwrap_or(path).split('/').collect();
    for (at, segment) in segments.iter().enumerate() {
        let last = at + 1 == segments.len();
        match *segment {
            "." | ".." => {
                if *segment == ".." {
                    kept.pop();
                }
                if last {
                    kept.push("");
                }
            }
            other => kept.push(other),
        }
    }
    format!("{}{}", if absolute { "/" } else { "" }, kept.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resolves_the_examples_of_rfc_3986() {
        for (reference, expected) in [
            ("g:h", "g:h"),
            ("g", "http://a/b/c/g"),
            ("./g", "http://a/b/c/g"),
            ("g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"),
            ("//g", "http://g"),
            ("?y", "http://a/b/c/d;p?y"),
            ("g?y", "http://a/b/c/g?y"),
            ("#s", "http://a/b/c/d;p?q#s"),
            ("g#s", "http://a/b/c/g#s"),
            (";x", "http://a/b/c/;x"),
            ("", "http://a/b/c/d;p?q"),
            (".", "http://a/b/c/"),
            ("..", "http://a/b/"),
            ("../g", "http://a/b/g"),
            ("../..", "http://a/"),
            ("../../../g", "http://a/g"),
            ("/./g", "http://a/g"),
            ("g.", "http://a/b/c/g."),
            ("./g/.", "http://a/b/c/g/"),
            ("g/../h", "http://a/b/c/h"),
        ] {
            assert_eq!(resolve("http://a/b/c/d;p?q", reference), expected, "{reference}");
        }
    }

    #[test]
    fn knows_a_well_formed_iri() {
        for iri in [
            "https://a.example/é?q=1#f",
            "did:key:z6Mk",
            "urn:uuid:0",
            "http://[::1]:80/",
            "a:",
            "https://a/%C3%A9",
            "ext:ESCO",
            // Letters beyond the first plane, and the last and first ones beside what is left out of each plane.
            "https://a/\u{10000}",
            "https://a/\u{1F3C5}",
            "https://a/\u{1FFFD}",
            "https://a/\u{DFFFD}",
            "https://a/\u{E1000}",
            "https://a/\u{EFFFD}",
            // What a community keeps for itself may stand in a query only.
            "https://a/?\u{E000}",
            "https://a/?\u{F0000}",
        ] {
            assert!(is_well_formed(iri), "{iri}");
        }
        for text in [
            "",
            "a",
            "/a",
            ":a",
            "1:a",
            "https://a/ b",
            "https://a/<",
            "https://a/é<",
            "https://a/%C3<",
            "https://a/%C3%A9<",
            "https://a/%zz",
            "https://a/#b#c",
            "https://a/[b]",
            "https://abcdef/[b]",
            "a:\u{7F}",
            "a:\u{E000}",
            "a:\u{FFFF}",
            "a:\u{1FFFE}",
            "a:\u{1FFFF}",
            "a:\u{EFFFE}",
            "a:\u{E0000}",
            "a:\u{E0FFF}",
            "a:\u{F0000}",
            "a:?b#\u{E000}",
            "a:?\u{1FFFE}",
            "a:?\u{FFFE}",
            "a:\"",
            "a:\\",
            "a:^",
            "a:`",
            "a:{}",
            "a:|",
        ] {
            assert!(!is_well_formed(text), "{text}");
        }
    }
}

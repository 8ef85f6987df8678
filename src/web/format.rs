//! Which representation of a resource a request asks for (RFC 9110 §12.5.1, §12.5.3).
//!
//! - A suffix (`.json`, `.jwt`, `.png`, `.svg`) names a representation and outweighs `Accept`.
//! - Among the offered media types the greatest quality wins, then the more exactly named one, then the order offered.
//! - Parameters of a media range other than `q` are ignored: what we offer has no variants by parameter.

/// The media types of a signed credential, the first one also for whoever asks for none of them by name.
pub const CREDENTIAL: [&str; 4] =
    ["application/json", "application/vc", "application/vc+ld+json", "application/ld+json"];
/// The same as a VC-JWT.
pub const CREDENTIAL_JWT: [&str; 2] = ["application/vc+jwt", "text/plain"];
/// Everything a badge is to be had as, but for pictures.
pub const BADGE: [&str; 6] = [
    "application/json",
    "application/vc",
    "application/vc+ld+json",
    "application/ld+json",
    "application/vc+jwt",
    "text/plain",
];
pub const JWK: [&str; 2] = ["application/json", "application/jwk+json"];
/// The media types of other linked-data documents: achievements and issuers.
pub const LINKED_DATA: [&str; 2] = ["application/json", "application/ld+json"];
/// The media types of a DID document.
pub const DID: [&str; 4] = ["application/json", "application/did", "application/did+ld+json", "application/did+json"];
pub const PAGE: &str = "text/html";

/// The best of the offers for an `Accept` header, or none when it refuses them all. No header takes anything.
pub fn choose<'a>(accept: Option<&str>, offers: &[&'a str]) -> Option<&'a str> {
    let Some(accept) = accept.filter(|accept| !accept.trim().is_empty()) else {
        return offers.first().copied();
    };
    let ranges = weighted(accept);
    let mut best: Option<(&str, (u16, u8))> = None;
    for offer in offers {
        let Some((exactness, quality)) = ranges.iter().filter_map(|range| range.on(offer)).max() else { continue };
        if quality > 0 && best.is_none_or(|(_, before)| (quality, exactness) > before) {
            best = Some((offer, (quality, exactness)));
        }
    }
    best.map(|(offer, _)| offer)
}

/// Whether an `Accept-Encoding` header takes gzip at least as gladly as no coding at all.
pub fn takes_gzip(accept_encoding: Option<&str>) -> bool {
    let codings = weighted(accept_encoding.unwrap_or_default());
    let quality = |names: &[&str]| {
        names.iter().find_map(|name| codings.iter().find(|coding| coding.name == *name)).map(|coding| coding.quality)
    };
    let gzip = quality(&["gzip", "x-gzip", "*"]).unwrap_or(0);
    gzip > 0 && gzip >= quality(&["identity"]).unwrap_or(0)
}

/// The language that an `Accept-Language` header likes best of those offered, by its first part (`de` serves `de-AT`); none when
/// it likes none of them. At the same quality the one that is named first.
pub fn language<'a>(accept_language: Option<&str>, offers: &[&'a str]) -> Option<&'a str> {
    let wanted = weighted(accept_language.unwrap_or_default());
    let mut best: Option<(&str, u16)> = None;
    for range in wanted.iter().filter(|range| range.quality > 0) {
        let first = range.name.split('-').next().unwrap_or_default();
        let offer = offers.iter().find(|offer| **offer == first || first == "*");
        if let Some(offer) = offer.filter(|_| best.is_none_or(|(_, before)| range.quality > before)) {
            best = Some((offer, range.quality));
        }
    }
    best.map(|(offer, _)| offer)
}

/// A last path part and its suffix: `abc.json` → (`abc`, `Some("json")`). A dot may stand in the name itself.
pub fn suffix<'a>(part: &'a str, known: &[&'static str]) -> (&'a str, Option<&'static str>) {
    known
        .iter()
        .find_map(|kind| Some((part.strip_suffix(kind)?.strip_suffix('.')?, *kind)))
        .map_or((part, None), |(name, kind)| (name, Some(kind)))
}

/// One element of a weighted header, its name in lower case and its quality in thousandths.
struct Weighted {
    name: String,
    quality: u16,
}

impl Weighted {
    /// How exactly it names the offer (2 the type, 1 its family, 0 anything), and its quality.
    fn on(&self, offer: &str) -> Option<(u8, u16)> {
        let family = offer.split('/').next().unwrap_or_default();
        let exactness = match self.name.strip_suffix("/*") {
            Some("*") => 0,
            Some(named) if named == family => 1,
            None if self.name == offer => 2,
            None if self.name == "*" => 0,
            _ => return None,
        };
        Some((exactness, self.quality))
    }
}

fn weighted(header: &str) -> Vec<Weighted> {
    let elements = unquoted(header);
    elements
        .split(',')
        .take(64)
        .filter_map(|element| {
            let mut parts = element.split(';').map(str::trim);
            let name = parts.next().filter(|name| !name.is_empty())?.to_ascii_lowercase();
            let quality = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
            Some(Weighted { name, quality: quality.map_or(1000, thousandths) })
        })
        .collect()
}

/// The header without its quoted texts, in which commas and semicolons mean nothing.
fn unquoted(header: &str) -> String {
    let (mut quoted, mut escaped) = (false, false);
    header
        .chars()
        .filter(|&c| {
            let keep = !quoted && c != '"';
            if c == '"' && !escaped {
                quoted = !quoted;
            }
            escaped = quoted && c == '\\' && !escaped;
            keep
        })
        .collect()
}

/// A weight of 0 to 1 with at most three decimals; one that can't be read counts as a refusal.
fn thousandths(weight: &str) -> u16 {
    match weight.trim().parse::<f32>() {
        Ok(weight) if (0.0..=1.0).contains(&weight) => (weight * 1000.0).round() as u16,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_gets_the_language_they_like_best_of_those_there_are() {
        let read = |header| language(Some(header), &["en", "de"]);
        assert_eq!(read("de-AT,de;q=0.9,en;q=0.5"), Some("de"));
        assert_eq!(read("fr,en;q=0.4,de;q=0.6"), Some("de"));
        assert_eq!(read("en, de"), Some("en"));
        assert_eq!(read("DE"), Some("de"));
        assert_eq!(read("fr, *;q=0.1"), Some("en"));
        assert_eq!(read("fr, de;q=0"), None);
        assert_eq!(language(None, &["en"]), None);
    }

    const BADGE: [&str; 5] =
        [PAGE, "application/json", "application/vc", "application/vc+ld+json", "application/ld+json"];

    fn chosen(accept: &str) -> Option<&'static str> {
        choose(Some(accept), &BADGE)
    }

    #[test]
    fn a_browser_and_whoever_does_not_say_get_the_page() {
        assert_eq!(choose(None, &BADGE), Some(PAGE));
        assert_eq!(chosen("*/*"), Some(PAGE));
        assert_eq!(chosen("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"), Some(PAGE));
    }

    #[test]
    fn a_verifier_gets_the_type_it_names() {
        for media in &BADGE[1..] {
            assert_eq!(chosen(media), Some(*media));
            assert_eq!(chosen(&media.to_uppercase()), Some(*media));
        }
        assert_eq!(
            chosen("application/ld+json;profile=\"a,b;q=0\", application/json;q=0.5"),
            Some("application/ld+json")
        );
        assert_eq!(chosen("application/json, text/plain, */*"), Some("application/json"));
        assert_eq!(chosen("application/*"), Some("application/json"));
    }

    #[test]
    fn qualities_are_honoured_and_nothing_fitting_is_none() {
        assert_eq!(chosen("text/html;q=0.4, application/vc;q=0.5"), Some("application/vc"));
        assert_eq!(chosen("text/html;q=0, */*;q=0.1"), Some("application/json"));
        assert_eq!(chosen("image/png"), None);
        assert_eq!(chosen("text/html;q=0"), None);
        assert_eq!(chosen("text/html;q=loud"), None);
        assert_eq!(chosen(" , ;;, "), None);
    }

    #[test]
    fn gzip_is_sent_only_to_those_who_take_it() {
        for (header, takes) in [
            (None, false),
            (Some(""), false),
            (Some("gzip, deflate, br"), true),
            (Some("GZIP"), true),
            (Some("*"), true),
            (Some("gzip;q=0"), false),
            (Some("gzip;q=0, *"), false),
            (Some("gzip;q=0.2, identity;q=0.8"), false),
            (Some("br"), false),
        ] {
            assert_eq!(takes_gzip(header), takes, "{header:?}");
        }
    }

    #[test]
    fn a_suffix_is_taken_off_once_and_only_when_known() {
        assert_eq!(suffix("abc.json", &["json", "png"]), ("abc", Some("json")));
        assert_eq!(suffix("craft.pro.json", &["json"]), ("craft.pro", Some("json")));
        assert_eq!(suffix("craft.pro", &["json"]), ("craft.pro", None));
        assert_eq!(suffix("json", &["json"]), ("json", None));
    }
}

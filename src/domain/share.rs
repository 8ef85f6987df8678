//! What a holder shares: the LinkedIn Add to Profile link, and links that open a place's own form for telling people.

use super::issuer::Issuer;
use jiff::{Timestamp, tz::TimeZone};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::Url;

/// What LinkedIn's form is filled with.
pub struct Certification<'a> {
    pub name: &'a str,
    pub valid_from: Timestamp,
    pub valid_until: Option<Timestamp>,
    /// The lineage URL: it shows the current state over every renewal.
    pub url: &'a str,
    pub id: &'a str,
}

/// Months are 1–12 in the issuer's time zone; there are no expiration fields when there is no end.
pub fn linkedin_link(certification: &Certification, issuer: &Issuer) -> String {
    let zone = issuer.zone();
    let Ok(mut link) = Url::parse("https://www.linkedin.com/profile/add") else {
        return String::new();
    };
    let mut fields = link.query_pairs_mut();
    fields.append_pair("startTask", "CERTIFICATION_NAME").append_pair("name", certification.name);
    match &issuer.linkedin_id {
        Some(id) => fields.append_pair("organizationId", id),
        None => fields.append_pair("organizationName", &issuer.name),
    };
    let (year, month) = year_and_month(certification.valid_from, &zone);
    fields.append_pair("issueYear", &year).append_pair("issueMonth", &month);
    if let Some(until) = certification.valid_until {
        let (year, month) = year_and_month(until, &zone);
        fields.append_pair("expirationYear", &year).append_pair("expirationMonth", &month);
    }
    fields.append_pair("certUrl", certification.url).append_pair("certId", certification.id);
    drop(fields);
    link.into()
}

/// Where people tell each other things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    LinkedIn,
    X,
    Bluesky,
    Mastodon,
    Email,
}

impl Place {
    pub const ALL: [Place; 5] = [Place::LinkedIn, Place::X, Place::Bluesky, Place::Mastodon, Place::Email];

    /// Its form with `words` and `url` in it, to be looked over and sent by the person. Nothing is loaded from the place before.
    pub fn link(self, words: &str, url: &str) -> String {
        let both = format!("{words} {url}");
        let (words, url, both) = (percent(words), percent(url), percent(&both));
        match self {
            // Takes the words from the page itself.
            Place::LinkedIn => format!("https://www.linkedin.com/sharing/share-offsite/?url={url}"),
            Place::X => format!("https://x.com/intent/post?text={words}&url={url}"),
            Place::Bluesky => format!("https://bsky.app/intent/compose?text={both}"),
            // Asks for the person's own server; what stands behind # is not sent to it.
            Place::Mastodon => format!("https://share.joinmastodon.org/#text={both}"),
            Place::Email => format!("mailto:?subject={words}&body={both}"),
        }
    }
}

/// Every byte but the unreserved ones (RFC 3986, section 2.3): a plus would stay a plus in a mail.
fn percent(text: &str) -> String {
    const ALL_BUT_UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
    utf8_percent_encode(text, ALL_BUT_UNRESERVED).to_string()
}

fn year_and_month(at: Timestamp, zone: &TimeZone) -> (String, String) {
    let date = at.to_zoned_datetime(zone.clone()).date();
    (date.year().to_string(), date.month().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(zone: &str, until: Option<&str>) -> String {
        let issuer = Issuer {
            id: "acme".into(),
            did: "did:web:x".into(),
            name: "Acme & Sons".into(),
            url: "https://acme.example".into(),
            email: None,
            linkedin_id: None,
            time_zone: zone.into(),
            show_revocation_reason: false,
        };
        let certification = Certification {
            name: "C++ Master",
            valid_from: "2026-12-31T23:30:00Z".parse().unwrap(),
            valid_until: until.map(|until| until.parse().unwrap()),
            url: "https://x/certifications/1?a=b&c",
            id: "1",
        };
        linkedin_link(&certification, &issuer)
    }

    #[test]
    fn the_month_is_the_one_of_the_issuers_time_zone() {
        assert!(link("UTC", None).contains("issueYear=2026&issueMonth=12"));
        assert!(link("Asia/Tokyo", None).contains("issueYear=2027&issueMonth=1&"));
    }

    #[test]
    fn there_are_no_expiration_fields_without_an_end() {
        assert!(!link("UTC", None).contains("expiration"));
        assert!(link("UTC", Some("2028-01-15T00:00:00Z")).contains("expirationYear=2028&expirationMonth=1&"));
    }

    #[test]
    fn everything_is_percent_encoded() {
        let link = link("UTC", None);
        assert!(link.contains("name=C%2B%2B+Master") && link.contains("organizationName=Acme+%26+Sons"), "{link}");
        assert!(link.contains("certUrl=https%3A%2F%2Fx%2Fcertifications%2F1%3Fa%3Db%26c"), "{link}");
    }

    #[test]
    fn a_place_gets_the_words_and_the_address_and_nothing_of_them_as_its_own() {
        for place in Place::ALL {
            let link = place.link("C++ & C#: “Master”\r\nBcc: x@y.example", "https://x/certifications/1?a=b&c#d");
            let url = Url::parse(&link).unwrap();
            assert!(link.bytes().all(|byte| byte.is_ascii_graphic()), "{link}");
            assert_eq!(
                url.query_pairs().count() + usize::from(place == Place::Mastodon),
                match place {
                    Place::X | Place::Email => 2,
                    _ => 1,
                }
            );
            assert!(link.contains("https%3A%2F%2Fx%2Fcertifications%2F1%3Fa%3Db%26c%23d"), "{link}");
        }
        let mail = Url::parse(&Place::Email.link("A + B", "https://x/1")).unwrap();
        let read: Vec<_> = mail.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
        assert_eq!(read, [("subject".into(), "A + B".into()), ("body".to_owned(), "A + B https://x/1".to_owned())]);
    }
}

//! `README.txt`: what the archive is, for someone who finds it years later.

use super::manifest::{Manifest, NeedName};
use crate::credential::date;

pub(super) fn text(manifest: &Manifest) -> String {
    let when = date::spoken_with_time(manifest.checked_at);
    let mut text = format!(
        "A badge that was checked, with everything it was checked by\n\
         ===========================================================\n\n\
         Checked on {when}.\n\n\
         To judge it again on any computer, without a network:\n\n    \
         laurel verify --offline THIS-FILE.zip\n\n\
         The dates are then judged for the day you ask. Add --as-of to judge them for {when}.\n\
         Whether the badge was revoked is known as of {when} only; what its issuer said later is not in here.\n\n\
         What is in here\n---------------\n\n\
         manifest.json   what each file is, with its size and SHA-256\n\
         {badge:<15} the badge as it was handed in\n\
         report.json     the answer that was given on that day\n\
         contexts/       what the words in the documents mean; for reading only\n\
         evidence/       what was looked up:\n",
        badge = manifest.badge,
    );
    for entry in &manifest.evidence {
        let what = match entry.need {
            NeedName::DidDocument => "the issuer's keys",
            NeedName::IssuerProfile => "the issuer's page with its keys",
            NeedName::StatusList => "the status list",
            NeedName::Document => "a document the badge leads to",
            NeedName::EntityStatement => "a statement of a federation",
        };
        let (place, how) = match (&entry.read, &entry.unavailable) {
            (Some(read), _) => (read.member.as_str(), format!("read on {}", date::spoken_with_time(read.at))),
            (None, why) => ("(none)", format!("could not be read: {}", why.as_deref().unwrap_or("no reason is known"))),
        };
        text += &format!("  {place}\n    {what}, {}, {how}\n", entry.of);
    }
    if manifest.evidence.is_empty() {
        text += "  (nothing was needed)\n";
    }
    text += match manifest.email {
        Some(_) => "\nThe e-mail address that was asked about is in manifest.json.\n",
        None => "\nNo e-mail address that was asked about is in here.\n",
    };
    text += "\nWhat it proves\n--------------\n\n\
             The signature of the badge is checked anew each time, with the keys in evidence/. Those keys and lists are copies, and\n\
             whoever made this file could have made them up: trust it as far as you trust who gave it to you, or compare the keys with\n\
             those the issuer publishes. Where the issuer's identifier is itself the key (did:key, did:jwk), no copy is needed.\n\
             Do not repack this file: its members are held to the manifest, and to their order.\n";
    text
}

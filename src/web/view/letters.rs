//! Which letters one gets.

use askama::Template;
use std::borrow::Cow;

use super::Site;
use crate::domain::letter::LetterKind;
use crate::web::text::Text;

#[derive(Template)]
#[template(path = "letters.html")]
pub struct LettersPage {
    pub site: Site,
    /// And whether one gets it.
    pub choices: Vec<(LetterKind, bool)>,
}

#[derive(Template)]
#[template(path = "letters_stop.html")]
pub struct StopPage {
    pub site: Site,
    pub kind: LetterKind,
    /// None when it was done.
    pub secret: Option<String>,
}

/// What the letters of a kind are.
pub(super) fn words(kind: &LetterKind, t: &Text) -> Cow<'static, str> {
    match kind {
        LetterKind::Renewals => t.get("letters-renewals"),
        LetterKind::Reports => t.get("letters-reports"),
        LetterKind::Requests => t.get("letters-requests"),
        LetterKind::Notes => t.get("letters-notes"),
    }
}

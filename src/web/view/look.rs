//! How a program's certificates look, to be chosen by its owners.

use super::Site;
use crate::domain::certificate_look::{LookRequest, Paper};
use crate::domain::field::FieldError;
use askama::Template;

#[derive(Template)]
#[template(path = "look.html")]
pub struct LookPage {
    pub site: Site,
    /// Of the program.
    pub id: String,
    pub name: String,
    pub typed: LookRequest,
    /// Whether there is a picture of a signature.
    pub signed: bool,
    pub faults: Vec<FieldError>,
}

impl LookPage {
    fn url(&self) -> String {
        format!("/run/{}/certificate", self.id)
    }

    /// Value, the key of its words, whether it is chosen.
    fn papers(&self) -> impl Iterator<Item = (&'static str, &'static str, bool)> {
        let chosen = self.typed.paper.clone();
        Paper::ALL.into_iter().map(move |paper| {
            let words = match paper {
                Paper::A4 => "look-a4",
                Paper::Letter => "look-letter",
            };
            (paper.as_str(), words, paper.as_str() == chosen)
        })
    }
}

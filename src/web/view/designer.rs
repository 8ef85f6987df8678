//! A badge that is being put together.

use askama::Template;

use super::{Link, Site};
use crate::domain::designer::{Choice, ChoiceRequest, MOST_MARKS, Marks, Ribbon, Shape, Sign, signs};
use crate::domain::field::FieldError;
use crate::web::assets;

#[derive(Template)]
#[template(path = "designer.html")]
pub struct DesignerPage {
    pub site: Site,
    pub program: Link,
    /// Id and name, from the first.
    pub levels: Vec<(String, String)>,
    /// The level that it is for, once one was chosen.
    pub level: String,
    pub typed: ChoiceRequest,
    /// What is shown.
    pub drawn: Choice,
    pub faults: Vec<FieldError>,
}

/// One of several: what it is called in the form, the key of its words, whether it is chosen.
type Offer = (&'static str, &'static str, bool);

impl DesignerPage {
    fn url(&self) -> String {
        format!("{}/designer", self.program.url)
    }

    fn picture_url(&self) -> String {
        let ChoiceRequest { shape, colour, second, ribbon, sign, marks, count } = self.drawn.asked();
        let query = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("shape", &shape)
            .append_pair("colour", &colour)
            .append_pair("second", &second)
            .append_pair("ribbon", &ribbon)
            .append_pair("sign", &sign)
            .append_pair("marks", &marks)
            .append_pair("count", &count)
            .finish();
        format!("{}/picture?{query}", self.url())
    }

    fn shapes(&self) -> Vec<Offer> {
        let words = |shape: &Shape| match shape {
            Shape::Disc => "designer-shape-disc",
            Shape::Shield => "designer-shape-shield",
            Shape::Hexagon => "designer-shape-hexagon",
            Shape::Seal => "designer-shape-seal",
            Shape::Laurel => "designer-shape-laurel",
        };
        Shape::ALL.iter().map(|shape| (shape.as_str(), words(shape), shape.as_str() == self.typed.shape)).collect()
    }

    fn ribbons(&self) -> Vec<Offer> {
        let words = |ribbon: &Ribbon| match ribbon {
            Ribbon::None => "designer-ribbon-none",
            Ribbon::Banner => "designer-ribbon-banner",
            Ribbon::Tails => "designer-ribbon-tails",
        };
        Ribbon::ALL
            .iter()
            .map(|ribbon| (ribbon.as_str(), words(ribbon), ribbon.as_str() == self.typed.ribbon))
            .collect()
    }

    fn marks(&self) -> Vec<Offer> {
        let words = |marks: &Marks| match marks {
            Marks::Stars => "designer-marks-stars",
            Marks::Dots => "designer-marks-dots",
            Marks::Chevrons => "designer-marks-chevrons",
        };
        Marks::ALL.iter().map(|marks| (marks.as_str(), words(marks), marks.as_str() == self.typed.marks)).collect()
    }

    fn signs(&self) -> impl Iterator<Item = (Sign, &'static str, bool)> {
        let words = |sign: &Sign| SIGNS.iter().find(|key| key.strip_prefix("sign-") == Some(sign.name));
        signs()
            .into_iter()
            .map(move |sign| (sign, words(&sign).copied().unwrap_or_default(), sign.name == self.typed.sign))
    }

    fn counts(&self) -> impl Iterator<Item = (u32, bool)> {
        (0..=MOST_MARKS).map(|count| (count, count.to_string() == self.typed.count))
    }

    fn script(&self) -> String {
        assets::url("designer.js")
    }
}

/// The key of each sign's word.
const SIGNS: &[&str] = &[
    "sign-award",
    "sign-code",
    "sign-terminal",
    "sign-database",
    "sign-cloud",
    "sign-shield-check",
    "sign-lock",
    "sign-bug",
    "sign-cpu",
    "sign-server",
    "sign-network",
    "sign-git-branch",
    "sign-rocket",
    "sign-compass",
    "sign-map",
    "sign-target",
    "sign-lightbulb",
    "sign-book-open",
    "sign-graduation-cap",
    "sign-pen-tool",
    "sign-palette",
    "sign-camera",
    "sign-megaphone",
    "sign-messages-square",
    "sign-users",
    "sign-heart",
    "sign-handshake",
    "sign-scale",
    "sign-wrench",
    "sign-hard-hat",
    "sign-truck",
    "sign-factory",
    "sign-flask-conical",
    "sign-microscope",
    "sign-stethoscope",
    "sign-leaf",
    "sign-mountain",
    "sign-flame",
    "sign-zap",
    "sign-chart-line",
    "sign-puzzle",
    "sign-gem",
    "sign-globe",
    "sign-languages",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sign_has_a_word() {
        assert!(signs().iter().map(|sign| format!("sign-{}", sign.name)).eq(SIGNS.iter().copied()));
    }
}

//! A badge of a program's own, put together by whoever runs it: a shape, two colours, a ribbon, a sign and marks for the level.
//!
//! What there is to choose from stands here, and every fault of a choice is told; drawing.rs draws it, signs.rs has the signs.

mod drawing;
mod signs;

pub use signs::{Sign, signs};

use super::{
    art::{Colour, GOLD},
    field::{Faults, FieldError},
    spelled::spelled,
};
use serde::Deserialize;

spelled!(
    /// What the rest stands on.
    Shape, none_of, {
        Disc => "disc",
        Shield => "shield",
        Hexagon => "hexagon",
        Seal => "seal",
        /// The wreath of the built-in badges, which closes as the marks grow more.
        Laurel => "laurel",
    }
);

spelled!(
    Ribbon, none_of, {
        None => "none",
        /// Across, with the marks on it.
        Banner => "banner",
        /// Two ends that hang below.
        Tails => "tails",
    }
);

spelled!(
    /// What tells the levels apart.
    Marks, none_of, {
        Stars => "stars",
        Dots => "dots",
        Chevrons => "chevrons",
    }
);

/// The most marks that stand beside each other.
pub const MOST_MARKS: u32 = 5;

/// As it is asked for.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct ChoiceRequest {
    pub shape: String,
    pub colour: String,
    pub second: String,
    pub ribbon: String,
    pub sign: String,
    pub marks: String,
    pub count: String,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Choice {
    pub shape: Shape,
    pub colour: Colour,
    /// Of the ribbon, the line within the shape, and the marks.
    pub second: Colour,
    pub ribbon: Ribbon,
    pub sign: Sign,
    pub marks: Marks,
    /// How many of them, up to [`MOST_MARKS`].
    pub count: u32,
}

impl Choice {
    /// Where someone begins who has a program of this colour.
    pub fn first(colour: Colour) -> Self {
        let [sign, ..] = signs();
        let (shape, ribbon, marks) = (Shape::Disc, Ribbon::Banner, Marks::Stars);
        Choice { shape, colour, second: GOLD, ribbon, sign, marks, count: 1 }
    }

    /// What was asked for, or all that is wrong with it.
    pub fn checked(asked: &ChoiceRequest) -> Result<Self, Vec<FieldError>> {
        let mut faults = Faults::default();
        let colour = |text: &str| Colour::read(text).ok_or_else(|| "is not a colour such as #2f5d3a".to_owned());
        let count = asked.count.parse().ok().filter(|count| *count <= MOST_MARKS);
        let count = count.ok_or_else(|| format!("is not a number from 0 to {MOST_MARKS}"));
        let sign = signs().into_iter().find(|sign| sign.name == asked.sign);
        let sign = sign.ok_or_else(|| format!("there is no sign “{}”", asked.sign));
        let read = (
            faults.take("shape", Shape::parse(&asked.shape)),
            faults.take("colour", colour(&asked.colour)),
            faults.take("second", colour(&asked.second)),
            faults.take("ribbon", Ribbon::parse(&asked.ribbon)),
            faults.take("sign", sign),
            faults.take("marks", Marks::parse(&asked.marks)),
            faults.take("count", count),
        );
        let (Some(shape), Some(colour), Some(second), Some(ribbon), Some(sign), Some(marks), Some(count)) = read else {
            return Err(faults.or(()).err().unwrap_or_default());
        };
        Ok(Choice { shape, colour, second, ribbon, sign, marks, count })
    }

    pub fn asked(&self) -> ChoiceRequest {
        ChoiceRequest {
            shape: self.shape.as_str().into(),
            colour: self.colour.to_string(),
            second: self.second.to_string(),
            ribbon: self.ribbon.as_str().into(),
            sign: self.sign.name.into(),
            marks: self.marks.as_str().into(),
            count: self.count.to_string(),
        }
    }
}

fn none_of(text: &str, known: &[&str]) -> String {
    format!("“{text}” is none of {}", known.join(", "))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// One of each, in colours that are hard to see.
    pub(super) fn all() -> Vec<Choice> {
        let mut all = Vec::new();
        for colour in ["#2f5d3a", "#ffffff", "#101010", "#d9ae4f"].map(Colour::parse) {
            for (shape, ribbon) in
                Shape::ALL.iter().flat_map(|shape| Ribbon::ALL.iter().map(|ribbon| (*shape, *ribbon)))
            {
                for (marks, count) in Marks::ALL.iter().flat_map(|marks| (0..=MOST_MARKS).map(|count| (*marks, count)))
                {
                    all.push(Choice { shape, ribbon, marks, count, ..Choice::first(colour) });
                }
            }
        }
        all
    }

    #[test]
    fn whatever_is_chosen_comes_back_as_it_was_asked_for() {
        for choice in all() {
            assert_eq!(Choice::checked(&choice.asked()), Ok(choice));
        }
        for sign in signs() {
            let choice = Choice { sign, ..Choice::first(Colour::default()) };
            assert_eq!(Choice::checked(&choice.asked()).map(|choice| choice.sign), Ok(sign));
            assert!(!choice.svg().contains("currentColor") && !sign.shapes.contains("<text"), "{}", sign.name);
        }
    }

    #[test]
    fn everything_that_is_wrong_is_told_by_its_field() {
        let wrong = Choice::checked(&ChoiceRequest { count: "6".into(), ..ChoiceRequest::default() }).unwrap_err();
        let fields: Vec<&str> = wrong.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["shape", "colour", "second", "ribbon", "sign", "marks", "count"]);
    }
}

//! What a badge says of the panel that decided: how many assessed, from which job functions, by what, and when; their names only where
//! the level names its panels and each agreed (docs/decisions/0043). It is signed into the badge, so it is in English like the rest of it.

use jiff::civil::Date;
use std::collections::BTreeSet;

#[derive(Clone, Debug, PartialEq)]
pub struct PanelStatement<'a> {
    pub level: &'a str,
    pub version: i64,
    pub members: usize,
    /// Of those who sat.
    pub functions: BTreeSet<&'a str>,
    /// Who agreed to be named.
    pub names: Vec<&'a str>,
    pub second_look: bool,
    pub on_appeal: bool,
    pub decided_on: Date,
}

impl PanelStatement<'_> {
    /// Markdown without any marks: one paragraph.
    pub fn words(&self) -> String {
        let assessors = match self.members {
            1 => "One assessor".to_owned(),
            more => format!("A panel of {more} assessors"),
        };
        let functions: Vec<&str> = self.functions.iter().copied().collect();
        let from = if functions.is_empty() { String::new() } else { format!(" from {}", listed(&functions)) };
        let appeal = if self.on_appeal { ", on an appeal," } else { "" };
        let mut words = format!(
            "{assessors}{from}{appeal} found on {} that the evidence meets the criteria of “{}” (version {}).",
            self.decided_on.strftime("%-d %B %Y"),
            self.level,
            self.version
        );
        words.push_str(match self.members {
            1 => " It was scored against the published rubric.",
            _ => " Each scored it alone against the published rubric before the panel settled on the result.",
        });
        if self.second_look {
            words.push_str(" Someone who did not sit on the panel confirmed the decision.");
        }
        if !self.names.is_empty() {
            let all = if self.names.len() == self.members { "On the panel: " } else { "Among the panel: " };
            words.push_str(&format!(" {all}{}.", listed(&self.names)));
        }
        words
    }
}

/// “a, b and c”.
fn listed(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statement() -> PanelStatement<'static> {
        PanelStatement {
            level: "Professional",
            version: 2,
            members: 3,
            functions: ["Engineering", "Design"].into(),
            names: Vec::new(),
            second_look: false,
            on_appeal: false,
            decided_on: "2026-11-04".parse().unwrap(),
        }
    }

    #[test]
    fn a_panel_is_told_by_its_number_and_functions_and_by_no_name_unless_agreed() {
        assert_eq!(
            statement().words(),
            "A panel of 3 assessors from Design and Engineering found on 4 November 2026 that the evidence meets the criteria of \
             “Professional” (version 2). Each scored it alone against the published rubric before the panel settled on the result."
        );
        let named = PanelStatement { names: vec!["Ada Obi", "Bao Nguyen"], second_look: true, ..statement() };
        assert!(named.words().ends_with("confirmed the decision. Among the panel: Ada Obi and Bao Nguyen."));
        let all = PanelStatement { names: vec!["A", "B", "C"], ..statement() };
        assert!(all.words().ends_with("On the panel: A, B and C."));
    }

    #[test]
    fn one_assessor_is_no_panel() {
        let one = PanelStatement { members: 1, functions: BTreeSet::new(), on_appeal: true, ..statement() };
        assert!(one.words().starts_with("One assessor, on an appeal, found on"), "{}", one.words());
        assert!(!one.words().contains("panel"));
    }
}

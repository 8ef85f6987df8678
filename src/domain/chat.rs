//! What a company's chat is told of a badge that everyone may see: a message for Slack's incoming webhooks, an Adaptive Card for a workflow
//! of Teams.
//!
//! A name is a name: it is put where neither chat reads marks, links or mentions out of it.

use super::{
    webhook::EndpointKind,
    words::{FluentArgs, Language, Words},
};
use serde_json::{Value, json};
use std::sync::LazyLock;

const ENGLISH: &str = include_str!("chats/en.ftl");
const GERMAN: &str = include_str!("chats/de.ftl");
/// What stands for nobody's name.
const UNNAMED: &str = "unnamed";

/// A badge to celebrate.
pub struct Celebration<'a> {
    /// Only of someone who agreed to be named.
    pub name: Option<&'a str>,
    pub level: &'a str,
    pub program: &'a str,
    pub organisation: &'a str,
    pub renewed: bool,
    /// The certification's page.
    pub page: String,
    /// The badge as PNG.
    pub picture: String,
}

impl Celebration<'_> {
    /// The message's body; none for an endpoint that is no chat.
    pub fn message(&self, kind: EndpointKind, language: Language) -> Option<String> {
        let words = words(language);
        let mut args = FluentArgs::new();
        args.set("name", self.name.unwrap_or(UNNAMED).to_owned());
        args.set("level", self.level.to_owned());
        args.set("program", self.program.to_owned());
        args.set("organisation", self.organisation.to_owned());
        let what = words.say(if self.renewed { "chat-renewed" } else { "chat-earned" }, Some(&args));
        let (cheer, see) = (words.say("chat-congratulations", None), words.say("chat-see", None));
        let message = match kind {
            EndpointKind::Standard => return None,
            EndpointKind::Slack => slack(&what, Some((&cheer, &see, self))),
            EndpointKind::Teams => teams(&what, Some((&cheer, &see, self))),
        };
        Some(message.to_string())
    }
}

/// Says that messages arrive.
pub fn trial(kind: EndpointKind, organisation: &str, language: Language) -> Option<String> {
    let mut args = FluentArgs::new();
    args.set("organisation", organisation.to_owned());
    let what = words(language).say("chat-trial", Some(&args));
    match kind {
        EndpointKind::Standard => None,
        EndpointKind::Slack => Some(slack(&what, None).to_string()),
        EndpointKind::Teams => Some(teams(&what, None).to_string()),
    }
}

/// `text` is what a notification shows; in blocks it is plain.
fn slack(what: &str, badge: Option<(&str, &str, &Celebration<'_>)>) -> Value {
    let mut first = json!({"type": "section", "text": {"type": "plain_text", "text": what, "emoji": false}});
    let mut blocks = Vec::new();
    if let (Some((cheer, see, badge)), Value::Object(section)) = (badge, &mut first) {
        let picture = json!({"type": "image", "image_url": badge.picture, "alt_text": badge.level});
        section.insert("accessory".into(), picture);
        blocks.push(
            json!({"type": "section", "text": {"type": "mrkdwn", "text": format!("{cheer} <{}|{see}>", badge.page)}}),
        );
    }
    blocks.insert(0, first);
    json!({"text": escaped(what), "blocks": blocks})
}

/// Text runs are shown as they are, where a text block would read Markdown.
fn teams(what: &str, badge: Option<(&str, &str, &Celebration<'_>)>) -> Value {
    let run = |text: &str| json!({"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": text}]});
    let mut card = json!({
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": [run(what)],
    });
    if let (Some((cheer, see, badge)), Value::Object(card)) = (badge, &mut card) {
        let said = json!([
            {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": what, "weight": "Bolder", "size": "Medium"}]},
            run(cheer),
        ]);
        let picture = json!({"type": "Image", "url": badge.picture, "altText": badge.level, "size": "Medium"});
        let columns = json!([
            {"type": "Column", "width": "auto", "items": [picture]},
            {"type": "Column", "width": "stretch", "verticalContentAlignment": "Center", "items": said},
        ]);
        card.insert("body".into(), json!([{"type": "ColumnSet", "columns": columns}]));
        card.insert("actions".into(), json!([{"type": "Action.OpenUrl", "title": see, "url": badge.page}]));
    }
    json!({
        "type": "message",
        "attachments": [{"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": null, "content": card}],
    })
}

/// As Slack asks for it; without this a name could mention everyone.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn words(language: Language) -> &'static Words {
    static ENGLISH_WORDS: LazyLock<Words> = LazyLock::new(|| Words::read(Language::English, ENGLISH));
    static GERMAN_WORDS: LazyLock<Words> = LazyLock::new(|| Words::read(Language::German, GERMAN));
    match language {
        Language::English => &ENGLISH_WORDS,
        Language::German => &GERMAN_WORDS,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words;

    fn badge(name: Option<&str>) -> Celebration<'_> {
        Celebration {
            name,
            level: "Professional",
            program: "Software Craft",
            organisation: "Acme & Sons",
            renewed: false,
            page: "https://badges.acme.example/certifications/1".into(),
            picture: "https://badges.acme.example/images/a.png".into(),
        }
    }

    fn said(badge: &Celebration<'_>, kind: EndpointKind, language: Language) -> Value {
        serde_json::from_str(&badge.message(kind, language).unwrap()).unwrap()
    }

    #[test]
    fn chats_are_spoken_to_in_both_languages() {
        words::tests::say_the_same(ENGLISH, GERMAN);
    }

    #[test]
    fn a_badge_is_celebrated_with_its_picture_and_its_page() {
        let slack = said(&badge(Some("Ada Obi")), EndpointKind::Slack, Language::English);
        assert_eq!(slack["text"], "Ada Obi has earned Professional in Software Craft.");
        assert_eq!(slack["blocks"][0]["accessory"]["image_url"], "https://badges.acme.example/images/a.png");
        assert_eq!(
            slack["blocks"][1]["text"]["text"],
            "Congratulations! <https://badges.acme.example/certifications/1|See the badge>"
        );
        let teams = said(&badge(Some("Ada Obi")), EndpointKind::Teams, Language::German);
        let card = &teams["attachments"][0]["content"];
        let run = &card["body"][0]["columns"][1]["items"][0]["inlines"][0];
        assert_eq!(run["text"], "Ada Obi hat Professional in Software Craft erreicht.");
        assert_eq!(card["actions"][0]["url"], "https://badges.acme.example/certifications/1");
        assert_eq!(badge(None).message(EndpointKind::Standard, Language::English), None);
    }

    #[test]
    fn whoever_did_not_agree_is_not_named() {
        let slack = said(&badge(None), EndpointKind::Slack, Language::English);
        assert_eq!(slack["text"], "Someone at Acme &amp; Sons has earned Professional in Software Craft.");
        assert_eq!(
            slack["blocks"][0]["text"]["text"],
            "Someone at Acme & Sons has earned Professional in Software Craft."
        );
    }

    #[test]
    fn a_name_mentions_nobody_and_links_nowhere() {
        let bad = badge(Some("<!channel> [Pay](https://evil.example) *now*"));
        let slack = said(&bad, EndpointKind::Slack, Language::English);
        assert!(slack["text"].as_str().is_some_and(|text| text.starts_with("&lt;!channel&gt; ")), "{slack}");
        assert_eq!(slack["blocks"][0]["text"]["type"], "plain_text");
        let teams = said(&bad, EndpointKind::Teams, Language::English).to_string();
        assert!(!teams.contains("TextBlock\",\"text\""), "{teams}");
        assert_eq!(
            teams.matches("Pay").count(),
            teams.matches("\"type\":\"TextRun\",\"text\":\"<!channel> [Pay]").count()
        );
    }
}

//! One's badges from elsewhere: all of them, and one as it stands now.

use std::borrow::Cow;

use askama::Template;

use super::{Site, VerifyResult, size};
use crate::actions::backpack::BackpackFault;
use crate::credential::summary::Form;
use crate::credential::verify::CredentialKind;
use crate::domain::backpack::{CameBy, Kept, MOST, MOST_BYTES};
use crate::web::assets;
use crate::web::text::Text;

#[derive(Template)]
#[template(path = "backpack.html")]
pub struct BackpackPage {
    pub site: Site,
    /// Newest first.
    pub badges: Vec<Kept>,
    /// Of all of them, and their bytes.
    pub count: i64,
    pub bytes: i64,
    pub next_url: Option<String>,
    /// Why the last one was not taken.
    pub problem: Option<BackpackFault>,
    /// What was typed, to be shown again.
    pub text: String,
    pub address: String,
    pub platform: String,
    /// Why nobody was led on to another platform.
    pub platform_problem: Option<String>,
}

impl BackpackPage {
    fn title<'a>(&self, kept: &'a Kept) -> Cow<'a, str> {
        title(kept, &self.site.text)
    }

    /// Its picture, where it came as one; else ours.
    fn picture(&self, kept: &Kept) -> String {
        match kept.media_type.starts_with("image/") {
            true => format!("/me/backpack/{}/file", kept.id),
            false => assets::url("icon.svg"),
        }
    }

    fn is_over(&self, kept: &Kept) -> bool {
        kept.ends_at.is_some_and(|end| end <= self.site.now)
    }

    fn came(&self, kept: &Kept) -> String {
        came(kept, &self.site)
    }

    /// How much room is taken, once there is little left.
    fn room(&self) -> Option<String> {
        let full = self.count * 10 >= MOST * 9 || self.bytes * 10 >= MOST_BYTES * 9;
        full.then(|| {
            self.site
                .text
                .with2("backpack-room", "count", self.count.to_string(), "size", bytes(self.bytes))
                .into_owned()
        })
    }

    fn said(&self, fault: &BackpackFault) -> Cow<'static, str> {
        refusal(fault, &self.site.text)
    }
}

#[derive(Template)]
#[template(path = "kept.html")]
pub struct KeptPage {
    pub site: Site,
    pub kept: Kept,
    /// As of now.
    pub result: VerifyResult,
    /// `replaced`, `unchanged` or `older` when it was just put in once more.
    pub came: String,
}

impl KeptPage {
    fn title(&self) -> Cow<'_, str> {
        title(&self.kept, &self.site.text)
    }

    fn how(&self) -> String {
        came(&self.kept, &self.site)
    }

    fn size(&self) -> String {
        bytes(self.kept.size)
    }

    /// What became of another copy.
    fn told(&self) -> Option<Cow<'static, str>> {
        let t = &self.site.text;
        match self.came.as_str() {
            "replaced" => Some(t.get("kept-replaced")),
            "unchanged" => Some(t.get("kept-unchanged")),
            "older" => Some(t.get("kept-older")),
            _ => None,
        }
    }

    fn form(&self) -> Cow<'static, str> {
        let t = &self.site.text;
        match self.kept.form {
            Form::Credential => t.get("kept-credential"),
            Form::Jwt => t.get("kept-jwt"),
            Form::Older => t.get("kept-older-form"),
        }
    }
}

/// Why a badge was not taken.
pub(super) fn refusal(fault: &BackpackFault, t: &Text) -> Cow<'static, str> {
    match fault {
        BackpackFault::NoBadge(why) if why.is_empty() => t.get("backpack-nothing"),
        BackpackFault::NoBadge(why) => t.with("backpack-no-badge", "why", why.clone()),
        BackpackFault::OtherThing => t.get("backpack-other"),
        BackpackFault::NotGenuine(why) => t.with("backpack-not-genuine", "why", why.clone()),
        BackpackFault::Unproven => t.get("backpack-unproven"),
        BackpackFault::TooLarge => t.get("backpack-too-large"),
        BackpackFault::Full => t.get("backpack-full"),
        BackpackFault::Unreachable(why) => t.with("backpack-unreachable", "why", why.clone()),
    }
}

fn title<'a>(kept: &'a Kept, t: &Text) -> Cow<'a, str> {
    kept.title.as_deref().map_or_else(|| t.get("kept-untitled"), Cow::Borrowed)
}

fn came(kept: &Kept, site: &Site) -> String {
    let (t, at) = (&site.text, site.date(&kept.added_at));
    let from = kept.from.clone().unwrap_or_default();
    match kept.by {
        CameBy::File => t.with("kept-by-file", "date", at),
        CameBy::Text => t.with("kept-by-text", "date", at),
        CameBy::Address => t.with2("kept-by-address", "date", at, "from", from),
        CameBy::App => t.with2("kept-by-app", "date", at, "from", from),
        CameBy::Platform => t.with2("kept-by-platform", "date", at, "from", from),
    }
    .into_owned()
}

fn bytes(count: i64) -> String {
    size(&u64::try_from(count).unwrap_or_default())
}

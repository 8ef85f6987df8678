//! One's own badges, and who sees them.

use askama::Template;

use super::{Site, Standing};
use crate::domain::award::Visibility;

#[derive(Template)]
#[template(path = "own_badges.html")]
pub struct OwnBadgesPage {
    pub site: Site,
    /// Whether their name stands on badges that others see.
    pub named: bool,
    /// Newest first.
    pub badges: Vec<OwnBadge>,
}

pub struct OwnBadge {
    pub id: String,
    /// “Software Craft: Professional”.
    pub title: String,
    pub image_url: String,
    /// The certification's page, or the badge's own while it is shown to nobody else.
    pub url: String,
    pub standing: Standing,
    /// Why it is suspended.
    pub reason: Option<String>,
    pub visibility: Visibility,
}

impl OwnBadge {
    /// The choices, the widest first, each with the key of its words.
    fn choices(&self) -> [(Visibility, &'static str); 3] {
        [
            (Visibility::Public, "own-badges-public"),
            (Visibility::Link, "own-badges-link"),
            (Visibility::Private, "own-badges-private"),
        ]
    }

    /// Whether it may go into a wallet.
    fn may_be_taken(&self) -> bool {
        matches!(self.standing, Standing::Valid { .. } | Standing::Expiring { .. })
    }

    fn is(&self, visibility: &Visibility) -> bool {
        self.visibility == *visibility
    }
}

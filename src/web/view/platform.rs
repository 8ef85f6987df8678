//! One's badges of another platform: who is there, and what came of it.

use std::borrow::Cow;

use askama::Template;

use super::{Site, backpack::refusal};
use crate::actions::{backpack::BackpackFault, platforms::Brought};

#[derive(Template)]
#[template(path = "platform.html")]
pub struct PlatformPage {
    pub site: Site,
    /// What it calls itself.
    pub name: String,
    pub host: String,
    pub leads_to: String,
}

#[derive(Template)]
#[template(path = "brought.html")]
pub struct BroughtPage {
    pub site: Site,
    /// Else why nothing came, where there is more to say than that it was broken off.
    pub brought: Result<Brought, Option<String>>,
}

impl BroughtPage {
    fn said(&self, fault: &BackpackFault) -> Cow<'static, str> {
        refusal(fault, &self.site.text)
    }
}

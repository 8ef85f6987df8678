//! When there is nothing to show: what happened, and what to do next, in plain words.

use askama::Template;

use super::Site;
use crate::web::text::Text;

#[derive(Template)]
#[template(path = "error.html")]
pub struct ErrorPage {
    pub site: Site,
    /// The HTTP status of the answer.
    pub status: u16,
    /// One more sentence, when we know more than the status says.
    pub detail: Option<String>,
    /// What to name when asking the operator.
    pub request_id: Option<String>,
}

impl ErrorPage {
    fn t(&self) -> Text {
        self.site.text
    }

    fn title(&self) -> String {
        let t = self.t();
        let words = match self.status {
            403 => t.get("error-403"),
            404 => t.get("error-404"),
            405 => t.get("error-405"),
            409 => t.get("error-409"),
            410 => t.get("error-410"),
            413 => t.get("error-413"),
            429 => t.get("error-429"),
            500.. => t.get("error-500"),
            _ => t.get("error-400"),
        };
        words.into_owned()
    }

    fn advice(&self) -> String {
        let t = self.t();
        let words = match self.status {
            403 => t.get("error-403-advice"),
            404 => t.get("error-404-advice"),
            405 => t.get("error-405-advice"),
            409 => t.get("error-409-advice"),
            410 => t.get("error-410-advice"),
            413 => t.get("error-413-advice"),
            429 => t.get("error-429-advice"),
            500.. => t.get("error-500-advice"),
            _ => t.get("error-400-advice"),
        };
        words.into_owned()
    }
}

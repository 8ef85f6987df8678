//! Every public address, made in one place. Their shapes are promises: they stand in signed credentials.

/// Over the deployment's base URL.
#[derive(Clone, Copy, Debug)]
pub struct Urls<'a>(pub &'a str);

impl Urls<'_> {
    /// Any other of ours, by its path.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }

    /// The page of an award, and the `id` of its credential.
    pub fn badge(&self, award_id: &str) -> String {
        format!("{}/badges/{award_id}", self.0)
    }

    /// The page of a lineage: what people share.
    pub fn certification(&self, lineage_id: &str) -> String {
        format!("{}/certifications/{lineage_id}", self.0)
    }

    /// The page of an endorsement, and the `id` of its credential.
    pub fn endorsement(&self, endorsement_id: &str) -> String {
        format!("{}/endorsements/{endorsement_id}", self.0)
    }

    /// The status list of someone who endorses.
    pub fn endorser_list(&self, endorser_id: &str) -> String {
        format!("{}/endorsers/{endorser_id}/status", self.0)
    }

    pub fn achievement(&self, level_id: &str) -> String {
        format!("{}/achievements/{level_id}", self.0)
    }

    /// What was published of a level as one version.
    pub fn achievement_version(&self, level_id: &str, version: i64) -> String {
        format!("{}/achievements/{level_id}/versions/{version}", self.0)
    }

    pub fn program(&self, program_id: &str) -> String {
        format!("{}/programs/{program_id}", self.0)
    }

    pub fn issuer(&self, issuer_id: &str) -> String {
        format!("{}/issuers/{issuer_id}", self.0)
    }

    /// The bare JWK of a key that signs JWT.
    pub fn key(&self, fragment: &str) -> String {
        format!("{}/keys/{fragment}", self.0)
    }

    pub fn status(&self, list_id: &str) -> String {
        format!("{}/status/{list_id}", self.0)
    }

    /// The picture with this SHA-256, as PNG: the kind every reader of badges shows.
    pub fn image(&self, sha256: &str) -> String {
        format!("{}/images/{sha256}.png", self.0)
    }

    /// The id behind `{base}/{room}/{id}`, with or without an ending such as `.json`; none for any other address.
    pub fn id_in<'u>(&self, url: &'u str, room: &str) -> Option<&'u str> {
        let rest = url.strip_prefix(self.0)?.strip_prefix('/')?.strip_prefix(room)?.strip_prefix('/')?;
        let rest = rest.split(['?', '#']).next().unwrap_or(rest);
        let id = rest.split('.').next().unwrap_or(rest);
        let plain = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        (plain && !rest.contains('/')).then_some(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_own_address_gives_its_id_and_no_other_does() {
        let urls = Urls("https://a.example");
        for own in ["https://a.example/badges/x", "https://a.example/badges/x.json", "https://a.example/badges/x?y=1#z"]
        {
            assert_eq!(urls.id_in(own, "badges"), Some("x"), "{own}");
        }
        for other in [
            "https://a.example/badges/",
            "https://a.example.evil/badges/x",
            "https://a.example/badges/x/y",
            "https://a.example/badges/\0",
            "https://a.example@evil.example/badges/x",
            "https://a.example:8443/badges/x",
            "/badges/x",
        ] {
            assert_eq!(urls.id_in(other, "badges"), None, "{other}");
        }
    }
}

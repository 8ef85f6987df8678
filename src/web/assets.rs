//! Styles, scripts, fonts and pictures of the pages, inside the binary.
//!
//! Every file is served only under a name that holds a digest of its bytes (`/assets/laurel.1f0c9a4be2.css`), so it may
//! be cached for ever. Inside a stylesheet, `url(…)` of another file is rewritten to that file's name.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::caching;
use crate::domain::digesting::sha256;
use flate2::Compression;
use rust_embed::RustEmbed;

/// What to send as `Cache-Control` with an asset.
pub const CACHE_CONTROL: &str = "public, max-age=31536000, immutable";

#[derive(RustEmbed)]
#[folder = "src/web/assets"]
struct Files;

/// One file as it is served.
pub struct Asset {
    pub bytes: Vec<u8>,
    /// The same compressed, where that is smaller.
    pub gzip: Option<Vec<u8>>,
    pub mime: String,
}

struct Served {
    by_address: BTreeMap<String, Asset>,
    addresses: BTreeMap<String, String>,
}

/// The address of a file by its plain name: `url("laurel.css")` → `/assets/laurel.1f0c9a4be2.css`.
/// A name that is not there gives an address that answers 404.
pub fn url(name: &str) -> String {
    let address = SERVED.addresses.get(name).map_or(name, String::as_str);
    format!("/assets/{address}")
}

/// The file at `/assets/{address}`.
pub fn find(address: &str) -> Option<&'static Asset> {
    SERVED.by_address.get(address)
}

/// Every address there is, without `/assets/`.
pub fn addresses() -> impl Iterator<Item = &'static str> {
    SERVED.by_address.keys().map(String::as_str)
}

static SERVED: LazyLock<Served> = LazyLock::new(|| {
    let mut served = Served { by_address: BTreeMap::new(), addresses: BTreeMap::new() };
    let (styles, others): (Vec<_>, Vec<_>) = Files::iter().partition(|name| name.ends_with(".css"));
    for name in others.iter().chain(&styles) {
        if let Some(file) = Files::get(name) {
            let bytes = if name.ends_with(".css") { served.with_addresses(&file.data) } else { file.data.to_vec() };
            let gzip = caching::gzipped(&bytes, Compression::best());
            served.add(name, Asset { bytes, gzip, mime: mime(name, file.metadata.mimetype()) });
        }
    }
    served
});

impl Served {
    fn add(&mut self, name: &str, asset: Asset) {
        let tag: String = sha256(&asset.bytes).chars().take(10).collect();
        let address = match name.rsplit_once('.') {
            Some((stem, kind)) => format!("{stem}.{tag}.{kind}"),
            None => format!("{name}.{tag}"),
        };
        self.addresses.insert(name.to_owned(), address.clone());
        self.by_address.insert(address, asset);
    }

    fn with_addresses(&self, style: &[u8]) -> Vec<u8> {
        let mut text = String::from_utf8_lossy(style).into_owned();
        for (name, address) in &self.addresses {
            text = text.replace(&format!("url({name})"), &format!("url({address})"));
        }
        text.into_bytes()
    }
}

fn mime(name: &str, guessed: &str) -> String {
    match name.rsplit_once('.').map(|(_, kind)| kind) {
        Some("css") => "text/css; charset=utf-8".to_owned(),
        Some("js") => "text/javascript; charset=utf-8".to_owned(),
        Some("txt") => "text/plain; charset=utf-8".to_owned(),
        _ => guessed.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_asset_is_found_under_its_address_and_not_under_its_plain_name() {
        let address = url("laurel.css");
        let address = address.strip_prefix("/assets/").expect("under /assets");
        assert_eq!(find(address).expect("served").mime, "text/css; charset=utf-8");
        assert!(find("laurel.css").is_none());
    }

    #[test]
    fn every_file_a_stylesheet_names_is_served() {
        for (address, asset) in &SERVED.by_address {
            if address.ends_with(".css") {
                let text = String::from_utf8(asset.bytes.clone()).expect("text");
                for part in text.split("url(").skip(1) {
                    let named = part.split(')').next().expect("closed");
                    assert!(find(named).is_some(), "{address} names {named}");
                }
            }
        }
    }
}

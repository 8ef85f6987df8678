//! Who issues: the page with the keys, and the Profile that badges point at (Open Badges 3.0 §B.19).

use super::{
    caching::Keep,
    error::Failure,
    format,
    frame::{Form, Reader},
    show,
    view::{IssuerKey, IssuerPage},
};
use crate::{
    actions::documents,
    domain::issuer::Issuer,
    store::{issuers, keys, programs},
};
use axum::{extract::Path, response::Response};

pub async fn show(mut reader: Reader, Path(part): Path<String>) -> Result<Response, Failure> {
    let (id, suffix) = format::suffix(&part, &["json"]);
    let issuer = issuers::get(&mut reader.conn, id).await?.ok_or_else(|| Failure::not_found("No issuer"))?;
    match reader.form(suffix, &format::LINKED_DATA)? {
        Form::Page => page(reader, issuer).await,
        Form::Document(media_type) => reader.json(&documents::issuer_profile(&issuer), media_type, Keep::Seconds(300)),
    }
}

async fn page(mut reader: Reader, issuer: Issuer) -> Result<Response, Failure> {
    let mut keys = keys::published(&mut reader.conn, &issuer.id).await?;
    keys.reverse();
    let programs = programs::all(&mut reader.conn).await?;
    let page = IssuerPage {
        site: reader.site.clone(),
        image_url: None,
        did_document_url: "/.well-known/did.json".into(),
        json_url: format!("/issuers/{}.json", issuer.id),
        keys: keys
            .into_iter()
            .map(|key| IssuerKey {
                id: format!("{}#{}", issuer.did, key.fragment),
                public: key.public_multibase,
                since: key.created_at,
                retired: key.retired_at,
            })
            .collect(),
        programs: programs.iter().filter(|program| program.issuer_id == issuer.id).map(show::program_link).collect(),
        name: issuer.name,
        url: issuer.url,
        email: issuer.email,
        did: issuer.did,
    };
    reader.page(&page, true)
}

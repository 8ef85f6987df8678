//! `/run/{program}/certificate`: how the certificates of a program look. What is chosen can be looked at as a PDF before it counts.

use super::{
    Web, badges,
    body::FORM_LIMIT,
    caching::{self, Keep},
    certificate::{CertificateFacts, certificate_pdf},
    error::Failure,
    frame::{Reader, answered},
    sent_parts::{SentPart, SentParts},
    session::Me,
    view::{LookPage, Tone},
};
use crate::{
    actions::{
        ActionError,
        certificate_look::{self, Chosen, Signature},
    },
    domain::{
        certificate_look::{Look, LookRequest},
        field::FieldError,
    },
    store::{images, levels, programs},
};
use axum::{
    extract::{FromRequest, Path, Request, State},
    http::header,
    response::Response,
};
use std::sync::Arc;

/// The form, with a file or without.
pub struct SentLook {
    me: Me,
    asked: LookRequest,
    signature: Signature,
}

impl FromRequest<Arc<Web>> for SentLook {
    type Rejection = Failure;

    async fn from_request(request: Request, web: &Arc<Web>) -> Result<Self, Failure> {
        let SentParts { me, parts } = SentParts::read(request, web, FORM_LIMIT).await?;
        Ok(SentLook::of(me, parts))
    }
}

impl SentLook {
    fn of(me: Me, parts: Vec<SentPart>) -> Self {
        let (mut asked, mut signature) = (LookRequest::default(), Signature::Keep);
        for part in parts {
            let text = || part.text();
            match part.name.as_str() {
                "accent" => asked.accent = text(),
                "paper" => asked.paper = text(),
                "words_en" => asked.words_en = text(),
                "words_de" => asked.words_de = text(),
                "signatory" => asked.signatory = text(),
                "signatory_title" => asked.signatory_title = text(),
                "unsigned" if !part.bytes.is_empty() => signature = Signature::Remove,
                // A browser sends an empty file where none was chosen.
                "signature" if !part.bytes.is_empty() => signature = Signature::Put(part.bytes.into()),
                _ => {}
            }
        }
        SentLook { me, asked, signature }
    }
}

pub async fn show(me: Me, mut reader: Reader, Path(program): Path<String>) -> Result<Response, Failure> {
    let (look, signature) = certificate_look::current(&mut reader.conn, &me.actor(), &program).await?;
    let page = page(&mut reader, &program, typed(&look), signature.is_some(), Vec::new()).await?;
    reader.page(&page, false)
}

pub async fn change(
    State(web): State<Arc<Web>>,
    mut reader: Reader,
    Path(program): Path<String>,
    SentLook { me, asked, signature }: SentLook,
) -> Result<Response, Failure> {
    let done = certificate_look::change(&web.app, &me.actor(), &program, &asked, &signature).await;
    let again = async |faults| again(&mut reader, &me, &program, asked, faults).await;
    answered(done, |()| format!("/run/{program}/certificate"), again).await
}

/// A certificate as it would be, of nobody; nothing is kept.
pub async fn preview(
    State(web): State<Arc<Web>>,
    mut reader: Reader,
    Path(program): Path<String>,
    SentLook { me, asked, signature }: SentLook,
) -> Result<Response, Failure> {
    let found = certificate_look::asked(&mut reader.conn, &me.actor(), &program, &asked, &signature).await;
    let look = match found {
        Ok(look) => look,
        Err(ActionError::Invalid(faults)) => {
            let page = again(&mut reader, &me, &program, asked, faults).await?;
            return reader.again(&page);
        }
        Err(why) => return Err(why.into()),
    };
    let facts = example(&web, &mut reader, &program, &look).await?;
    drop(reader);
    let faces = web.faces.clone();
    let file = web.pictures.once(move || certificate_pdf(&facts, &faces)).await?;
    let mut response = Response::new(file.into());
    caching::set(&mut response, header::CONTENT_TYPE, "application/pdf");
    caching::set(&mut response, header::CACHE_CONTROL, &Keep::Never.directives());
    caching::set(&mut response, header::CONTENT_DISPOSITION, "inline; filename=\"certificate.pdf\"");
    Ok(response)
}

async fn again(
    reader: &mut Reader,
    me: &Me,
    program: &str,
    asked: LookRequest,
    faults: Vec<FieldError>,
) -> Result<LookPage, Failure> {
    let (_, signature) = certificate_look::current(&mut reader.conn, &me.actor(), program).await?;
    page(reader, program, asked, signature.is_some(), faults).await
}

async fn page(
    reader: &mut Reader,
    program: &str,
    typed: LookRequest,
    signed: bool,
    faults: Vec<FieldError>,
) -> Result<LookPage, Failure> {
    let found = programs::get(&mut reader.conn, program).await?.ok_or_else(|| Failure::not_found("No program"))?;
    Ok(LookPage { site: reader.site.clone(), id: found.id, name: found.name, typed, signed, faults })
}

fn typed(look: &Look) -> LookRequest {
    LookRequest {
        accent: look.accent().to_string(),
        paper: look.paper.as_str().into(),
        words_en: look.words_en.clone(),
        words_de: look.words_de.clone(),
        signatory: look.signatory.clone(),
        signatory_title: look.signatory_title.clone(),
    }
}

/// Of the program's last level, for nobody; it says that it certifies nothing.
async fn example(web: &Web, reader: &mut Reader, program: &str, look: &Chosen) -> Result<CertificateFacts, Failure> {
    let none = || Failure::not_found("No program with a level");
    let found = programs::get(&mut reader.conn, program).await?.ok_or_else(none)?;
    let level = levels::of_program(&mut reader.conn, program).await?.pop().ok_or_else(none)?;
    let picture = images::svg(&mut reader.conn, &level.content.image).await?.unwrap_or_default();
    let (site, t) = (&reader.site, reader.site.text);
    let facts = [("label-issuer", site.organisation.clone()), ("label-awarded", site.date(&reader.now))];
    Ok(CertificateFacts {
        language: t.tag(),
        look: badges::chosen(look),
        heading: t.get("certificate-heading").into_owned(),
        title: format!("{}: {}", found.name, level.content.name),
        description: level.content.description,
        awarded_to: badges::words_above(look, t),
        person: Some(t.get("look-example-name").into_owned()),
        facts: facts.map(|(label, value)| (t.get(label).into_owned(), value)).into(),
        standing: t.get("look-example").into_owned(),
        tone: Tone::Unknown,
        today: t.get("certificate-today").into_owned(),
        url: format!("{}/programs/{program}", web.app.config.base_url),
        attached: t.get("certificate-attached").into_owned(),
        picture,
        credential: "{}".into(),
        issued_at: reader.now,
        on: reader.now.to_zoned_datetime(site.zone.clone()).date(),
        id: program.to_owned(),
    })
}

//! A program as one file: whatever is published can be written and read again to the same.

use crate::cast::Site;
use laurel::{
    actions::{export_program::export_program, import_program::import_program},
    domain::{
        actor::Actor,
        assessment::Assessment,
        level::{Alignment, Level, LevelContent, Program},
        period::Period,
        program_file,
        renewal::Renewal,
        requirement::{ConfirmedBy, ElectiveGroup, Need, Requirement, Route, RouteKind},
        rubric::{Competency, CompetencyKind, Criterion, Rubric},
    },
};
use proptest::{collection::vec, option, prelude::*};
use reqwest::StatusCode;
use std::collections::HashMap;

/// What people write: several lines, quotes, what TOML and Markdown make something of.
fn words() -> BoxedStrategy<String> {
    "[A-Za-zäß“”'\"\\\\#=\\[\\]*_`{}—,.:;0-9]( ?[A-Za-zäß“”'\"\\\\#=\\[\\]*_`{}—,.:;0-9]){0,30}".boxed()
}

fn lines() -> BoxedStrategy<String> {
    vec(words(), 1..4).prop_map(|lines| lines.join("\n")).boxed()
}

fn period() -> BoxedStrategy<Period> {
    (0i16..3, 0i32..12, 0i32..4, 1i32..90)
        .prop_map(|(years, months, weeks, days)| Period { years, months, weeks, days })
        .boxed()
}

fn route(n: usize) -> BoxedStrategy<Route> {
    let kind = prop_oneof![
        Just(RouteKind::Coursework),
        Just(RouteKind::Demonstration),
        Just(RouteKind::Project),
        option::of(words())
            .prop_map(|achievement| RouteKind::OutsideBadge { issuer: "did:web:guild.example".into(), achievement }),
    ];
    let by = prop_oneof![Just(ConfirmedBy::Mentor), Just(ConfirmedBy::Assessor), Just(ConfirmedBy::Owner)];
    (words(), kind, by)
        .prop_map(move |(name, kind, by)| {
            let verified = matches!(kind, RouteKind::OutsideBadge { .. });
            let confirmed_by = if verified { ConfirmedBy::Verification } else { by };
            Route { id: format!("way-{n}"), name, kind, confirmed_by }
        })
        .boxed()
}

fn need(id: &'static str, group: Option<&'static str>) -> BoxedStrategy<Requirement> {
    let routes = (route(1), option::of(route(2))).prop_map(|(first, second)| {
        let routes = [Some(first), second].into_iter().flatten().collect();
        Need::Routes { routes }
    });
    let kind = prop_oneof![routes, Just(Need::Level { level: "other.level".into() })];
    (words(), prop_oneof![Just(String::new()), lines()], kind)
        .prop_map(move |(name, description, kind)| Requirement {
            id: id.into(),
            name,
            description,
            kind,
            group: group.map(str::to_owned),
        })
        .boxed()
}

fn path() -> BoxedStrategy<(Vec<Requirement>, Vec<ElectiveGroup>)> {
    let parts = (need("a", None), need("b", Some("some")), need("c", Some("some")));
    (parts, words(), 1u32..3, any::<bool>())
        .prop_map(|((a, b, c), name, choose, grouped)| {
            if grouped {
                (vec![a, b, c], vec![ElectiveGroup { id: "some".into(), name, choose }])
            } else {
                (vec![a], Vec::new())
            }
        })
        .boxed()
}

fn rubric() -> BoxedStrategy<Rubric> {
    let criterion = (words(), 1u32..9, vec(lines(), 2)).prop_map(|(name, weight, described)| {
        let described = described.into_iter().map(|words| words.replace('\n', " ")).collect();
        Criterion { id: "only".into(), name, weight, required: "Solid".into(), described }
    });
    (option::of(1u32..=100), criterion)
        .prop_map(|(threshold, criterion)| Rubric {
            grades: vec!["Emerging".into(), "Solid".into()],
            threshold,
            criteria: vec![criterion],
        })
        .boxed()
}

fn content() -> BoxedStrategy<LevelContent> {
    let texts = (words(), lines(), lines(), vec(words(), 0..3));
    let times = (period(), option::of(period()), option::of(period()), option::of(1i16..300));
    let panel = (1u32..9, 1u32..60, any::<bool>(), any::<bool>());
    let skill = option::of((words(), option::of(words()), option::of(words())));
    let competency = option::of((words(), vec(words(), 0..3), any::<bool>()));
    (texts, times, path(), path(), rubric(), panel, (skill, competency, any::<bool>()))
        .prop_map(|(texts, times, asked, again, rubric, panel, (skill, competency, assessed))| LevelContent {
            name: texts.0,
            description: texts.1,
            criteria: texts.2,
            tags: texts.3,
            alignments: skill
                .map(|(name, framework, code)| Alignment {
                    name,
                    url: "https://skills.example/1".into(),
                    framework,
                    code,
                })
                .into_iter()
                .collect(),
            competencies: competency
                .map(|(name, indicators, technical)| Competency {
                    name,
                    kind: if technical { CompetencyKind::Technical } else { CompetencyKind::Personal },
                    indicators,
                })
                .into_iter()
                .collect(),
            requirements: asked.0,
            electives: asked.1,
            assessment: Some(Assessment {
                panel: panel.0,
                days: panel.1,
                second_look: panel.2,
                names_shown: panel.3,
                ..Assessment::default()
            }),
            rubric: Some(rubric),
            renewal: Some(Renewal {
                requirements: again.0,
                electives: again.1,
                assessed,
                grace: times.2,
                remind_manager: assessed,
            }),
            review_by: times.3.map(|days| jiff::civil::Date::constant(2027, 1 + (days % 12) as i8, 1)),
            validity: Some(times.0),
            renewal_window: times.1,
            ..LevelContent::default()
        })
        .boxed()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn whatever_a_program_holds_is_the_same_when_its_file_is_read(first in content(), second in content()) {
        let program = Program {
            id: "any".into(),
            issuer_id: "acme".into(),
            name: first.name.clone(),
            description: second.description.clone(),
            accent: "#246810".into(),
        };
        let level = |n: i64, content: &LevelContent| Level {
            id: format!("any.level-{n}"),
            program_id: "any".into(),
            position: n,
            version: 1,
            content: content.clone(),
        };
        let levels = [level(1, &first), level(2, &second)];
        let file = program_file::write(&program, &levels, &HashMap::new()).unwrap();
        let read = program_file::read(&file, false).map_err(|faults| TestCaseError::fail(format!("{faults:?}\n{file}")))?;
        prop_assert_eq!((&read.name, &read.description, &read.accent), (&program.name, &program.description, &program.accent));
        let contents: Vec<LevelContent> = read.levels.into_iter().map(|level| level.content).collect();
        prop_assert_eq!(contents, vec![first, second], "{}", file);
    }
}

#[tokio::test]
async fn the_public_file_of_a_program_holds_all_of_it_and_publishes_nothing_new() {
    let site = Site::open().await;
    let own = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 64 64\"><circle cx=\"32\" cy=\"32\" r=\"30\" fill=\"#246\"/></svg>";
    let text = format!(
        "id = \"ops\"\nname = \"Operations\"\ndescription = \"Runs.\"\n[[levels]]\nid = \"lead\"\nname = \"Lead\"\ndescription = \"Leads.\"\ncriteria = \"- led\"\nimage = '{own}'\n[[levels]]\nid = \"chief\"\nname = \"Chief\"\ndescription = \"Leads leads.\"\ncriteria = \"- led\"\n"
    );
    let import = async |text: &str| {
        let program = program_file::read(text, false).unwrap();
        import_program(&site.app, &Actor::Operator, program, HashMap::new()).await.unwrap()
    };
    import(&text).await;
    let response = site.get("/programs/ops.toml").await;
    assert_eq!(response.headers()["content-type"], "application/toml");
    let file = response.text().await.unwrap();
    assert!(file.contains("<svg"), "{file}");
    assert_eq!(import(&file).await.changed, 0);
    // A PNG stays one, in the file and beside it.
    let mut png = Vec::new();
    let mut encoder = png::Encoder::new(&mut png, 64, 64);
    encoder.set_color(png::ColorType::Rgba);
    encoder.write_header().unwrap().write_image_data(&[40, 90, 60, 130].repeat(64 * 64)).unwrap();
    let program = program_file::read(&text.replace(own, "own.png"), false).unwrap();
    let pictures = HashMap::from([("own.png".to_owned(), png)]);
    assert_eq!(import_program(&site.app, &Actor::Operator, program, pictures).await.unwrap().changed, 1);
    let file = site.get("/programs/ops.toml").await.text().await.unwrap();
    assert!(file.contains("data:image/png;base64,"), "{file}");
    assert_eq!(import(&file).await.changed, 0);
    let beside = export_program(&site.app, "ops").await.unwrap();
    assert_eq!(beside.pictures[0].0, "ops.lead.png");
    let program = program_file::read(&beside.file, false).unwrap();
    let pictures = beside.pictures.into_iter().collect();
    assert_eq!(import_program(&site.app, &Actor::Operator, program, pictures).await.unwrap().changed, 0);
    assert_eq!(site.get("/programs/none.toml").await.status(), StatusCode::NOT_FOUND);
    assert!(site.page("/programs/ops").await.contains("href=\"/programs/ops.toml\""));
}

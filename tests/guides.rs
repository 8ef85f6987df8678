//! The guides in docs/guides: there is one for each role, whatever they point at is there, and the words they print in bold are the pages' own.

use laurel::domain::actor::Role;
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// What all pictures in docs/screenshots may take together, and one of a guide, in bytes.
const PICTURES: u64 = 4_000_000;
const PICTURE: u64 = 120_000;

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn read(path: &str) -> String {
    fs::read_to_string(repository(path)).unwrap_or_else(|why| panic!("{path}: {why}"))
}

/// Each by its file's name, the index too.
fn guides() -> Vec<(String, String)> {
    let files = fs::read_dir(repository("docs/guides")).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    names.map(|name| (name.clone(), read(&format!("docs/guides/{name}")))).collect()
}

#[test]
fn there_is_a_guide_for_each_role_and_the_index_leads_to_it() {
    let roles = Role::ALL.into_iter().map(Role::as_str).chain(["learner", "manager"]);
    let wanted: BTreeSet<String> = roles.map(|role| format!("{role}.md")).collect();
    let there: BTreeSet<String> =
        guides().into_iter().map(|(name, _)| name).filter(|name| name != "README.md").collect();
    assert_eq!(there, wanted);
    let index = read("docs/guides/README.md");
    for name in wanted {
        assert!(index.contains(&format!("]({name})")), "{name}");
    }
    assert!(read("README.md").contains("docs/guides/README.md"));
}

#[test]
fn every_picture_and_page_that_a_guide_names_is_there_and_no_picture_is_left_over() {
    let folder = "docs/screenshots/guides";
    let mut shown = BTreeSet::new();
    for (name, text) in guides() {
        for (before, rest) in text.match_indices("](").map(|(at, _)| text.split_at(at)) {
            let target = rest[2..].split(')').next().unwrap();
            let file = repository("docs/guides").join(target);
            assert!(file.is_file(), "{name} leads to {target}, and there is none");
            if let Some(picture) = target.strip_prefix("../screenshots/guides/") {
                let described = before.rsplit_once("![").map_or("", |(_, words)| words);
                assert!(described.len() > 10, "{name}: {picture} is not described");
                assert!(fs::metadata(&file).unwrap().len() < PICTURE, "{picture} is too large");
                shown.insert(picture.to_owned());
            }
        }
    }
    let there = fs::read_dir(repository(folder)).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    assert_eq!(there.collect::<BTreeSet<_>>(), shown);
    assert!(weight(&repository("docs/screenshots")) < PICTURES, "the pictures are too large together");
}

#[test]
fn what_a_guide_prints_in_bold_stands_on_a_page() {
    let words = read("src/web/locales/en.ftl");
    let words: BTreeSet<&str> =
        words.lines().filter_map(|line| line.split_once(" = ")).map(|(_, words)| words).collect();
    for (name, text) in guides() {
        for bold in text.split("**").skip(1).step_by(2) {
            let bold = bold.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(words.contains(bold.as_str()), "{name}: no page says “{bold}”");
        }
    }
}

fn weight(folder: &Path) -> u64 {
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap());
    files.map(|file| if file.path().is_dir() { weight(&file.path()) } else { file.metadata().unwrap().len() }).sum()
}

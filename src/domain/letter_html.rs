//! A letter's text as HTML, for programs that show it: the same words, with paragraphs, and its addresses as links. Nothing in it is fetched
//! when it is opened, and nothing tells anyone that it was.

/// The end of what is said; after it stands who says it.
const SIGNATURE: &str = "\n\n-- \n";

/// The same each time for the same text.
pub fn html(text: &str) -> String {
    let (said, signature) = text.split_once(SIGNATURE).unwrap_or((text, ""));
    let mut body = String::new();
    for paragraph in said.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
        body.push_str(&format!("<p>{}</p>\n", lines(paragraph)));
    }
    if !signature.trim().is_empty() {
        let style = "margin-top:2em;padding-top:1em;border-top:1px solid #ccc;font-size:.875em";
        body.push_str(&format!("<p style=\"{style}\">{}</p>\n", lines(signature)));
    }
    let style = "max-width:36em;margin:0 auto;padding:1em;font:1em/1.5 sans-serif";
    format!(
        "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n</head>\n<body style=\"{style}\">\n{body}</body>\n</html>\n"
    )
}

fn lines(text: &str) -> String {
    text.trim().lines().map(line).collect::<Vec<_>>().join("<br>\n")
}

/// Words as they are, and what begins as a web address as a link to itself.
fn line(text: &str) -> String {
    let word = |word: &str| match word.starts_with("https://") || word.starts_with("http://") {
        true => {
            // A sentence may end with it.
            let address = word.trim_end_matches(['.', ',', ';', ')']);
            let rest = word.strip_prefix(address).unwrap_or_default();
            format!("<a href=\"{0}\">{0}</a>{1}", escaped(address), escaped(rest))
        }
        false => escaped(word),
    };
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_says_the_same_in_html_with_its_addresses_as_links() {
        let html = html(
            "Hello Ada,\n\nlook at https://a.example/x?y=1&z=2.\nAnd here.\n\n-- \nAcme & Sons\nhttps://a.example\n",
        );
        assert!(html.contains("<p>Hello Ada,</p>"), "{html}");
        let link = "<a href=\"https://a.example/x?y=1&amp;z=2\">https://a.example/x?y=1&amp;z=2</a>.<br>\nAnd here.";
        assert!(html.contains(link), "{html}");
        assert!(html.contains("Acme &amp; Sons<br>\n<a href=\"https://a.example\">"), "{html}");
    }

    #[test]
    fn nobodys_name_is_markup_and_nothing_is_fetched() {
        let html = html("Hello <img src=x> \"onload=\" https://a.example/\"><script>,\n\nBye.\n");
        for bad in ["<img", "<script", "\"onload", "src=\"", "url("] {
            assert!(!html.contains(bad), "{bad}: {html}");
        }
    }
}

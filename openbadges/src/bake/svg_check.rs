//! What an SVG may not hold before we publish it: nothing that runs, nothing that fetches.
//!
//! A badge picture is shown by strangers' pages and kept in strangers' bags. Inside `<img>` a browser disarms it; opened
//! on its own it is a page of our site. So the list of elements is a list of what is allowed.
//!
//! Spec: OB2-IMG-7 (policy).

use super::svg::{self, SvgError};
use super::xml::{Attribute, Element, Event, Walk};
use super::{Kind, PictureError};

/// The elements of a still or animated drawing. Left out are `script`, `foreignObject`, the media elements and
/// `handler`/`listener`, which run or embed other things.
const ELEMENTS: [&str; 61] = [
    "a",
    "animate",
    "animateMotion",
    "animateTransform",
    "circle",
    "clipPath",
    "defs",
    "desc",
    "ellipse",
    "feBlend",
    "feColorMatrix",
    "feComponentTransfer",
    "feComposite",
    "feConvolveMatrix",
    "feDiffuseLighting",
    "feDisplacementMap",
    "feDistantLight",
    "feDropShadow",
    "feFlood",
    "feFuncA",
    "feFuncB",
    "feFuncG",
    "feFuncR",
    "feGaussianBlur",
    "feImage",
    "feMerge",
    "feMergeNode",
    "feMorphology",
    "feOffset",
    "fePointLight",
    "feSpecularLighting",
    "feSpotLight",
    "feTile",
    "feTurbulence",
    "filter",
    "g",
    "image",
    "line",
    "linearGradient",
    "marker",
    "mask",
    "metadata",
    "mpath",
    "path",
    "pattern",
    "polygon",
    "polyline",
    "radialGradient",
    "rect",
    "set",
    "stop",
    "style",
    "svg",
    "switch",
    "symbol",
    "text",
    "textPath",
    "title",
    "tspan",
    "use",
    "view",
];

/// Namespaces whose elements a browser gives life to, wherever they stand.
const LIVING_NAMESPACES: [&str; 2] =
    ["http://www.w3.org/1999/xhtml", "http://www.w3.org/1998/Math/MathML"];

/// What `href` may begin with: a place in the same file, or a picture of dots in the file itself.
const TARGETS: [&str; 5] = [
    "#",
    "data:image/png;base64,",
    "data:image/jpeg;base64,",
    "data:image/gif;base64,",
    "data:image/webp;base64,",
];

/// CSS that fetches, without `url(`; or that could be one of these in disguise.
const STYLE_WORDS: [&str; 7] =
    ["@import", "@font-face", "image-set(", "image(", "src(", "expression(", "\\"];

/// More are not listed: nobody reads further, and finding the line of each costs a pass over the file.
const FAULTS_MAX: usize = 50;

/// The reference unbaker recognises an SVG by `<svg` among its first bytes, so the root must come early.
const ROOT_WITHIN_BYTES: usize = 256;

/// Something in an SVG that we do not publish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SvgFault {
    /// What it is.
    pub what: Unfit,
    /// Where it begins.
    pub place: Place,
}

/// A place in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Bytes from the start of the file, from 0.
    pub offset: usize,
    /// Line, from 1.
    pub line: usize,
    /// Characters in that line, from 1.
    pub column: usize,
}

impl Place {
    fn of(image: &[u8], offset: usize) -> Self {
        let before = String::from_utf8_lossy(image.get(..offset).unwrap_or(image));
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let column =
            before.chars().count() - before.get(..line_start).unwrap_or("").chars().count();
        Self { offset, line: before.matches('\n').count() + 1, column: column + 1 }
    }
}

/// A reason not to publish an SVG.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unfit {
    /// The file cannot be read at all; a document type declaration is here too.
    #[error(transparent)]
    Broken(PictureError),
    /// An element outside the list of harmless ones: `script`, `foreignObject`, an HTML element …
    #[error("the element `{name}` is not allowed in a badge picture")]
    Element {
        /// Its name as written.
        name: String,
    },
    /// An attribute that runs something: `onload` and its kin.
    #[error("the attribute `{name}` would run a script")]
    EventAttribute {
        /// Its name as written.
        name: String,
    },
    /// A reference to something outside the file.
    #[error("`{name}` refers to `{target}`, outside the picture")]
    ExternalReference {
        /// The attribute, or `style` for a style sheet.
        name: String,
        /// Where it points, cut short.
        target: String,
    },
    /// CSS that fetches or hides what it does.
    #[error("the style uses `{word}`, which is not allowed in a badge picture")]
    Style {
        /// The refused word.
        word: String,
    },
    /// An animation that changes where a reference points, or what runs.
    #[error("an animation may not change `{name}`")]
    Animation {
        /// The attribute it would change.
        name: String,
    },
    /// A processing instruction, such as `xml-stylesheet`.
    #[error("the instruction `<?{target}` is not allowed in a badge picture")]
    Instruction {
        /// Its target.
        target: String,
    },
    /// The root element begins too late or has a prefix, so that other software does not see that this is an SVG.
    #[error("`<svg` must stand within the first {ROOT_WITHIN_BYTES} bytes")]
    RootTooLate,
}

/// Looks for everything in an SVG that we do not publish.
///
/// # Errors
/// The faults in the order of the file, at least one and at most fifty. Where the file cannot be read, the last one is
/// [`Unfit::Broken`].
pub fn check_svg(image: &[u8]) -> Result<(), Vec<SvgFault>> {
    let mut faults = Vec::new();
    let mut report = |what: Unfit, offset: usize| {
        if faults.len() < FAULTS_MAX {
            faults.push(SvgFault { what, place: Place::of(image, offset) });
        }
    };
    match Kind::detect(image) {
        Ok(Kind::Svg) => {
            if let Err(error) = look(image, &mut report) {
                report(Unfit::Broken(PictureError::Svg(error)), offset_of(error));
            }
        }
        Ok(Kind::Png) => report(Unfit::Broken(PictureError::Svg(SvgError::Root)), 0),
        Err(error) => report(Unfit::Broken(error), 0),
    }
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

const fn offset_of(error: SvgError) -> usize {
    match error {
        SvgError::NotWellFormed { at }
        | SvgError::DocumentType { at }
        | SvgError::Entity { at }
        | SvgError::Namespaces { at }
        | SvgError::TooDeep { at }
        | SvgError::TooManyParts { at }
        | SvgError::TooManyAttributes { at } => at,
        SvgError::NotUtf8 | SvgError::Encoding | SvgError::Root | SvgError::NoSize => 0,
    }
}

fn look(image: &[u8], report: &mut impl FnMut(Unfit, usize)) -> Result<(), SvgError> {
    let start = image.get(..ROOT_WITHIN_BYTES).unwrap_or(image);
    if !start.windows(4).any(|bytes| bytes == b"<svg") {
        report(Unfit::RootTooLate, 0);
    }
    let mut walk = Walk::new(image)?;
    let mut style: Option<(usize, usize, String)> = None;
    while let Some(event) = walk.next()? {
        match event {
            Event::Start(element) => {
                if element.depth == 0 && !element.is(svg::NAMESPACE, "svg") {
                    return Err(SvgError::Root);
                }
                check_element(&element, report);
                let is_sheet = element.is(svg::NAMESPACE, "style") && !element.is_empty;
                if is_sheet && style.is_none() {
                    style = Some((element.depth, element.span.end, String::new()));
                }
            }
            Event::Text(text) | Event::Cdata(text) => {
                if let Some((.., sheet)) = &mut style {
                    sheet.push_str(&text);
                }
            }
            Event::End { depth, .. } => {
                if let Some((_, at, sheet)) = style.take_if(|(sheet, ..)| *sheet == depth) {
                    check_style("style", &sheet, at, report);
                }
            }
            Event::Instruction { target, at } => report(Unfit::Instruction { target }, at),
        }
    }
    Ok(())
}

fn check_element(element: &Element, report: &mut impl FnMut(Unfit, usize)) {
    let at = element.span.start;
    let namespace = element.namespace.as_deref();
    let is_svg = namespace == Some(svg::NAMESPACE);
    // Editors leave elements of their own (Inkscape, RDF) that no browser acts on.
    let is_foreign_data = namespace.is_some_and(|name| !LIVING_NAMESPACES.contains(&name));
    let is_known = ELEMENTS.contains(&element.local_name());
    let allowed = if is_svg { is_known } else { is_foreign_data };
    if !allowed {
        report(Unfit::Element { name: element.name.clone() }, at);
    }
    for attribute in &element.attributes {
        check_attribute(attribute, at, report);
    }
}

fn check_attribute(attribute: &Attribute, at: usize, report: &mut impl FnMut(Unfit, usize)) {
    let name = attribute.local_name().to_ascii_lowercase();
    let value = attribute.value.as_str();
    // An attribute with a prefix is in a namespace, and no event is.
    let has_prefix = attribute.name.contains(':');
    if name.starts_with("on") && !has_prefix {
        report(Unfit::EventAttribute { name: attribute.name.clone() }, at);
    }
    // `xml:base` would turn every reference inside the file into one to another file.
    let is_reference = matches!(name.as_str(), "href" | "src") || attribute.name == "xml:base";
    let lower = value.trim_ascii().to_ascii_lowercase();
    if is_reference && !TARGETS.iter().any(|target| lower.starts_with(target)) {
        report(external(&attribute.name, value), at);
    }
    if name == "attributename" && (lower.ends_with("href") || lower.starts_with("on")) {
        report(Unfit::Animation { name: value.to_owned() }, at);
    }
    let is_free_text = name.starts_with("data-") || name.starts_with("aria-");
    if !has_prefix && !is_free_text {
        check_style(&attribute.name, value, at, report);
    }
}

/// Checks CSS, and every attribute as if it were CSS: `fill="url(…)"` fetches as well as `style` does.
fn check_style(name: &str, css: &str, at: usize, report: &mut impl FnMut(Unfit, usize)) {
    let css = css.to_ascii_lowercase();
    let is_style = name == "style";
    // A backslash can spell `url(` in letters this check does not see.
    let words = STYLE_WORDS.iter().filter(|word| is_style || **word == "\\");
    for word in words.filter(|word| css.contains(**word)) {
        report(Unfit::Style { word: (*word).to_owned() }, at);
    }
    for target in css.split("url(").skip(1) {
        let target = target.trim_start().trim_start_matches(['"', '\'']).trim_start();
        if !TARGETS.iter().any(|allowed| target.starts_with(allowed)) {
            let end = target.find([')', '"', '\'']).unwrap_or(target.len());
            report(external(name, target.get(..end).unwrap_or(target)), at);
        }
    }
}

fn external(name: &str, target: &str) -> Unfit {
    const SHOWN_CHARACTERS: usize = 80;
    let target = target.chars().take(SHOWN_CHARACTERS).collect();
    Unfit::ExternalReference { name: name.to_owned(), target }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn svg(inside: &str) -> Vec<u8> {
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:x=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 9 9\">\n {inside}</svg>").into()
    }

    fn faults(inside: &str) -> Vec<Unfit> {
        check_svg(&svg(inside)).err().unwrap_or_default().into_iter().map(|one| one.what).collect()
    }

    #[test]
    fn a_drawing_passes() {
        let drawing = r##"<title>Étoile</title><defs><linearGradient id="a"><stop offset="0"/></linearGradient>
            <style>.b { fill: url(#a) } .c { stroke: url( "#a" ) }</style></defs>
            <metadata><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><r:li r:resource="https://a.example/"/></r:RDF></metadata>
            <path class="b" d="M0 0h9" style="fill:url(#a)"/><use x:href="#a"/><a href="#a"><circle r="1"/></a>
            <image href="data:image/png;base64,AAAA"/><animate attributeName="opacity" values="0;1"/>"##;
        assert_eq!(faults(drawing), []);
    }

    #[test]
    fn what_runs_or_fetches_is_named_with_its_place() {
        let name = |name: &str| name.to_owned();
        let external = |attribute: &str, target: &str| Unfit::ExternalReference {
            name: name(attribute),
            target: name(target),
        };
        let cases = [
            ("<script>1</script>", Unfit::Element { name: name("script") }),
            ("<x:script/>", Unfit::Element { name: name("x:script") }),
            ("<foreignObject/>", Unfit::Element { name: name("foreignObject") }),
            ("<b xmlns=\"http://www.w3.org/1999/xhtml\"/>", Unfit::Element { name: name("b") }),
            ("<b xmlns=\"\"/>", Unfit::Element { name: name("b") }),
            ("<g onload=\"1\"/>", Unfit::EventAttribute { name: name("onload") }),
            ("<g ONCLICK=\"1\"/>", Unfit::EventAttribute { name: name("ONCLICK") }),
            ("<use href=\"b.svg#a\"/>", external("href", "b.svg#a")),
            ("<use x:href=\"//b.example/\"/>", external("x:href", "//b.example/")),
            ("<a href=\" JavaScript:1\"/>", external("href", " JavaScript:1")),
            (
                "<image href=\"data:image/svg+xml;base64,AA\"/>",
                external("href", "data:image/svg+xml;base64,AA"),
            ),
            ("<g xml:base=\"https://b.example/\"/>", external("xml:base", "https://b.example/")),
            ("<g fill=\"url(https://b.example/a)\"/>", external("fill", "https://b.example/a")),
            (
                "<style>.a{fill:URL( 'https://b.example')}</style>",
                external("style", "https://b.example"),
            ),
            ("<style>@import 'a.css';</style>", Unfit::Style { word: name("@import") }),
            ("<g style=\"fill:u\\72l(x)\"/>", Unfit::Style { word: name("\\") }),
            ("<g fill=\"u\\72l(x)\"/>", Unfit::Style { word: name("\\") }),
            (
                "<set attributeName=\"x:href\" to=\"#a\"/>",
                Unfit::Animation { name: name("x:href") },
            ),
            ("<?xml-stylesheet href='a'?>", Unfit::Instruction { target: name("xml-stylesheet") }),
        ];
        for (inside, expected) in cases {
            let inside = if expected == (Unfit::Element { name: name("x:script") }) {
                inside.replace("<x:script/>", "<x:script xmlns:x=\"http://www.w3.org/2000/svg\"/>")
            } else {
                inside.to_owned()
            };
            let found = check_svg(&svg(&inside)).unwrap_err();
            assert_eq!(found.len(), 1, "{inside}: {found:?}");
            assert_eq!(found[0].what, expected, "{inside}");
            let place = found[0].place;
            let column = if inside.starts_with("<style") { 9 } else { 2 };
            assert_eq!((place.line, place.column), (2, column), "{inside}");
        }
    }

    #[test]
    fn an_entity_in_an_attribute_does_not_hide_a_target() {
        assert_eq!(
            faults("<a href=\"java&#115;cript:1\"/>"),
            [Unfit::ExternalReference { name: "href".into(), target: "javascript:1".into() }]
        );
    }

    #[test]
    fn what_cannot_be_read_is_one_fault() {
        let broken = |image: &[u8]| check_svg(image).unwrap_err().pop().unwrap().what;
        let dtd = b"<!DOCTYPE svg><svg xmlns=\"http://www.w3.org/2000/svg\"/>";
        let refused = SvgError::DocumentType { at: 0 };
        assert_eq!(broken(dtd), Unfit::Broken(PictureError::Svg(refused)));
        assert_eq!(broken(b"GIF89a"), Unfit::Broken(PictureError::NeitherPngNorSvg));
        assert_eq!(broken(b"<html/>"), Unfit::Broken(PictureError::Svg(SvgError::Root)));
    }

    #[test]
    fn a_root_other_software_does_not_see_is_a_fault() {
        let late = format!("<!--{}--><svg xmlns=\"http://www.w3.org/2000/svg\"/>", "x".repeat(300));
        assert_eq!(check_svg(late.as_bytes()).unwrap_err()[0].what, Unfit::RootTooLate);
        let prefixed = b"<s:svg xmlns:s=\"http://www.w3.org/2000/svg\"/>";
        assert_eq!(check_svg(prefixed).unwrap_err()[0].what, Unfit::RootTooLate);
    }

    #[test]
    fn a_file_full_of_faults_ends_early() {
        let faults = check_svg(&svg(&"<script/>".repeat(1000))).unwrap_err();
        assert_eq!(faults.len(), FAULTS_MAX);
    }
}

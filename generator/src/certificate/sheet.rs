//! Where everything stands on the sheet. Lengths are in points, counted from the upper left corner.

use std::num::NonZeroU16;

use krilla::Document;
use krilla::SerializeSettings;
use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::rgb;
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::geom::{Path, PathBuilder, Point, Rect, Size, Transform};
use krilla::image::Image;
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, BBox, ContentTag, Identifier, SpanTag, Tag, TagGroup, TagKind, TagTree,
};
use krilla::text::{Font, GlyphId, KrillaGlyph};

use super::{Certificate, CertificateError};
use crate::lettering::{Face, Line};

/// A4, lying.
const PAGE: (f32, f32) = (841.89, 595.28);

/// The centre and the side of the badge.
const BADGE: (f32, f32, f32) = (214.0, 214.0, 232.0);

/// Where the words begin, and how wide they may be.
const WORDS: (f32, f32) = (428.0, 360.0);

/// The height in which the words stand in the middle.
const WORDS_HEIGHT: (f32, f32) = (56.0, 400.0);

/// The upper left corner of the QR code, and its side with the quiet zone.
const CODE: (f32, f32, f32) = (420.0, 428.0, 104.0);

/// Sizes that are tried for the name and for the badge's name, and how many lines each may have.
const NAME_SIZES: [(f32, usize); 3] = [(36.0, 1), (29.0, 2), (20.0, 3)];
const BADGE_SIZES: [(f32, usize); 3] = [(25.0, 1), (21.0, 2), (16.0, 3)];

/// Lines of the description; the rest is at the address.
const DESCRIPTION_LINES: usize = 5;

/// Draws the sheet.
pub(super) fn draw(certificate: &Certificate) -> Result<Vec<u8>, CertificateError> {
    let broken = |reason: String| CertificateError::Pdf { reason };
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A3_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| broken(format!("{error:?}")))?;
    let settings = SerializeSettings { configuration, enable_tagging: true, ..Default::default() };
    let mut document = Document::new_with(settings);
    let size = PageSettings::from_wh(PAGE.0, PAGE.1).expect("a sheet of A4 has a size");
    let mut page = document.start_page_with(size);
    let (groups, (text, rect)) = Sheet::draw(page.surface(), certificate)?;
    let target = Target::Action(Action::Link(LinkAction::new(certificate.url.clone())));
    let annotation =
        Annotation::new_link(LinkAnnotation::new(rect, target), Some(certificate.url.clone()));
    let mut anchor = TagGroup::new(Tag::Link);
    anchor.push(text);
    anchor.push(page.add_tagged_annotation(annotation));
    page.finish();
    let mut tree = TagTree::new().with_lang(Some(certificate.lang.clone()));
    groups.into_iter().for_each(|group| tree.push(group));
    let mut paragraph = TagGroup::new(Tag::P);
    paragraph.push(anchor);
    tree.push(paragraph);
    document.set_tag_tree(tree);
    describe(&mut document, certificate);
    document.finish().map_err(|error| broken(format!("{error:?}")))
}

/// Title, language, the one bookmark, and the record.
fn describe(document: &mut Document, certificate: &Certificate) {
    let day = jiff::Timestamp::from(certificate.awarded).to_zoned(jiff::tz::TimeZone::UTC);
    let small = |number: i8| u8::try_from(number).unwrap_or_default();
    // The day of the award, so that the same award makes the same bytes.
    let date = DateTime::new(u16::try_from(day.year()).unwrap_or_default())
        .month(small(day.month()))
        .day(small(day.day()));
    document.set_metadata(
        Metadata::new()
            .title(certificate.title.clone())
            .language(certificate.lang.clone())
            .authors(vec![certificate.issuer.clone()])
            .creator("Accolade".to_owned())
            .document_id(certificate.id.clone())
            .creation_date(date),
    );
    let mut outline = Outline::new();
    let top = XyzDestination::new(0, Point::from_xy(0.0, 0.0));
    outline.push_child(OutlineNode::new(certificate.title.clone(), top));
    document.set_outline(outline);
    document.embed_file(EmbeddedFile {
        path: "credential.json".to_owned(),
        mime_type: MimeType::new("application/ld+json"),
        description: Some(certificate.record_title.clone()),
        association_kind: AssociationKind::Source,
        data: certificate.record.clone().into(),
        modification_date: Some(date),
        compress: None,
        location: None,
    });
}

/// The sheet while it is drawn.
struct Sheet<'a> {
    surface: Surface<'a>,
    regular: Font,
    semi_bold: Font,
    /// What was drawn, in reading order.
    groups: Vec<TagGroup>,
}

/// Words and where they stand: their left end, and their base line.
struct Placed<'a> {
    line: &'a Line,
    at: (f32, f32),
    size: f32,
    colour: rgb::Color,
}

impl<'a> Sheet<'a> {
    /// Draws everything. The words of the address and their place are handed back, to be made a link.
    fn draw(
        surface: Surface<'a>,
        certificate: &Certificate,
    ) -> Result<(Vec<TagGroup>, (Identifier, Rect)), CertificateError> {
        let (regular, semi_bold) = (font(Face::Regular), font(Face::SemiBold));
        let mut sheet = Self { surface, regular, semi_bold, groups: Vec::new() };
        sheet.ground(certificate);
        sheet.words(certificate);
        sheet.picture(certificate)?;
        sheet.issuer(certificate);
        let link = sheet.address(certificate);
        sheet.surface.finish();
        Ok((sheet.groups, link))
    }

    /// The rings and the sea: decoration.
    fn ground(&mut self, certificate: &Certificate) {
        let whole = Rect::from_xywh(0.0, 0.0, PAGE.0, PAGE.1);
        self.surface
            .start_tagged(ContentTag::Artifact(Artifact::new(ArtifactType::Background, whole)));
        self.surface.set_fill(None);
        for (radius, opacity) in
            [(128.0, 0.9), (150.0, 0.7), (173.0, 0.5), (197.0, 0.32), (222.0, 0.16)]
        {
            self.surface.set_stroke(Some(Stroke {
                paint: colour(&certificate.line).into(),
                width: 0.9,
                opacity: NormalizedF32::new(opacity).unwrap_or(NormalizedF32::ONE),
                ..Stroke::default()
            }));
            if let Some(circle) = circle(BADGE.0, BADGE.1, radius) {
                self.surface.draw_path(&circle);
            }
        }
        self.surface.set_stroke(None);
        self.surface.set_fill(Some(fill(colour(&certificate.sea))));
        if let Some(sea) = sea() {
            self.surface.draw_path(&sea);
        }
        self.surface.end_tagged();
    }

    /// Who received what, and when.
    fn words(&mut self, certificate: &Certificate) {
        let (ink, muted) = (rgb::Color::new(26, 47, 57), rgb::Color::new(77, 95, 102));
        let (x, width) = WORDS;
        let (name_size, name) = largest(&certificate.name, &NAME_SIZES, width);
        let (badge_size, badge) = largest(&certificate.badge, &BADGE_SIZES, width);
        let description = Face::Regular.wrapped(
            &legible(&certificate.description),
            12.0,
            width,
            DESCRIPTION_LINES,
        );
        let one = |text: &str, size: f32| Face::Regular.wrapped(&legible(text), size, width, 2);
        let level = certificate.level.as_deref().map(|level| one(level, 14.0));
        let level = level.unwrap_or_default();
        // What each block is, its lines, its size, the room above it, and its colour.
        let blocks = [
            (Some(Tag::P.into()), one(&certificate.eyebrow, 11.0), 11.0, 0.0, muted),
            (heading(1, &certificate.name), name, name_size, 12.0, ink),
            (Some(Tag::P.into()), one(&certificate.received, 13.0), 13.0, 10.0, muted),
            (heading(2, &certificate.badge), badge, badge_size, 8.0, ink),
            (Some(Tag::P.into()), level, 14.0, 4.0, ink),
            (Some(Tag::P.into()), description, 12.0, 14.0, ink),
            (Some(Tag::P.into()), one(&certificate.dates, 12.0), 12.0, 16.0, muted),
        ];
        let height: f32 = blocks
            .iter()
            .filter(|(_, lines, ..)| !lines.is_empty())
            .map(|(_, lines, size, above, _)| above + count(lines) * size * LEADING)
            .sum();
        let (top, bottom) = WORDS_HEIGHT;
        let mut y = top + ((bottom - top - height) / 2.0).max(0.0);
        for (tag, lines, size, above, colour) in blocks {
            if lines.is_empty() {
                continue;
            }
            y += above;
            self.block(tag, &lines, (x, y), size, colour);
            y += count(&lines) * size * LEADING;
        }
    }

    /// One block of the structure: lines below each other, from `at` down.
    fn block(
        &mut self,
        tag: Option<TagKind>,
        lines: &[Line],
        at: (f32, f32),
        size: f32,
        colour: rgb::Color,
    ) {
        let mut group = TagGroup::new(tag.unwrap_or_else(|| Tag::P.into()));
        let last = lines.len().saturating_sub(1);
        let mut y = at.1;
        for (place, line) in lines.iter().enumerate() {
            // Where a line ends, a word ends: readers are told by a space.
            let line = if place < last {
                line.face().line(&format!("{} ", line.text()))
            } else {
                line.clone()
            };
            y += size * LEADING;
            let place =
                Placed { line: &line, at: (at.0, y - size * (LEADING - 0.95)), size, colour };
            group.push(self.text(&place));
        }
        self.groups.push(group);
    }

    fn text(&mut self, placed: &Placed<'_>) -> Identifier {
        let identifier = self.surface.start_tagged(ContentTag::Span(SpanTag::empty()));
        self.glyphs(placed);
        self.surface.end_tagged();
        identifier
    }

    fn glyphs(&mut self, placed: &Placed<'_>) {
        let Placed { line, at, size, colour } = placed;
        let font = match line.face() {
            Face::Regular => self.regular.clone(),
            Face::SemiBold => self.semi_bold.clone(),
        };
        let glyphs: Vec<KrillaGlyph> = line
            .glyphs()
            .iter()
            .map(|glyph| KrillaGlyph {
                glyph_id: GlyphId::new(glyph.id),
                text_range: glyph.text.clone(),
                x_advance: glyph.advance / 1000.0,
                x_offset: glyph.offset.0 / 1000.0,
                y_offset: glyph.offset.1 / 1000.0,
                y_advance: 0.0,
                location: None,
            })
            .collect();
        self.surface.set_fill(Some(fill(*colour)));
        self.surface.draw_glyphs(
            Point::from_xy(at.0, at.1),
            &glyphs,
            font,
            line.text(),
            *size,
            false,
        );
    }

    fn picture(&mut self, certificate: &Certificate) -> Result<(), CertificateError> {
        let image = Image::from_png(certificate.picture.clone().into(), false)
            .map_err(|reason| CertificateError::Picture { reason })?;
        let (x, y, side) = BADGE;
        let (left, top) = (x - side / 2.0, y - side / 2.0);
        self.figure(&certificate.picture_alt, (left, top, side), |surface| {
            surface.push_transform(&Transform::from_translate(left, top));
            if let Some(size) = Size::from_wh(side, side) {
                surface.draw_image(image, size);
            }
            surface.pop();
        });
        Ok(())
    }

    fn figure(
        &mut self,
        alt: &str,
        (left, top, side): (f32, f32, f32),
        draw: impl FnOnce(&mut Surface<'_>),
    ) {
        let identifier = self.surface.start_tagged(ContentTag::Other);
        draw(&mut self.surface);
        self.surface.end_tagged();
        let bbox = Rect::from_xywh(left, top, side, side).map(|rect| BBox { page_idx: 0, rect });
        let mut group = TagGroup::new(Tag::Figure(Some(alt.to_owned())).with_bbox(bbox));
        group.push(identifier);
        self.groups.push(group);
    }

    /// The issuer, below the badge.
    fn issuer(&mut self, certificate: &Certificate) {
        let muted = rgb::Color::new(77, 95, 102);
        let width = 330.0;
        let (host_size, host) =
            largest(&certificate.host, &[(21.0, 1), (16.0, 2), (11.0, 3)], width);
        let label = Face::Regular.wrapped(&certificate.issued_by, 11.0, width, 1);
        let name = Face::Regular.wrapped(&legible(&certificate.issuer), 12.0, width, 2);
        let mut y = 428.0;
        for (lines, size, colour) in [
            (label, 11.0, muted),
            (host, host_size, colour(&certificate.accent)),
            (name, 12.0, muted),
        ] {
            let mut group = TagGroup::new(Tag::P);
            for line in &lines {
                y += size * LEADING;
                let x = BADGE.0 - line.width(size) / 2.0;
                group.push(self.text(&Placed { line, at: (x, y), size, colour }));
            }
            if !lines.is_empty() {
                self.groups.push(group);
            }
            y += 3.0;
        }
    }

    /// The code, what the paper is worth, and the address.
    fn address(&mut self, certificate: &Certificate) -> (Identifier, Rect) {
        let (left, top, side) = CODE;
        let mut x = WORDS.0;
        if let Some(code) = &certificate.code {
            x = left + side + 10.0;
            self.figure(&certificate.code_alt, CODE, |surface| {
                surface.set_fill(Some(fill(rgb::Color::new(0, 0, 0))));
                let module = side / units(code.side());
                let mut path = PathBuilder::new();
                for (column, row, dark) in code.runs() {
                    let at = (left + units(column) * module, top + units(row) * module);
                    if let Some(run) = Rect::from_xywh(at.0, at.1, units(dark) * module, module) {
                        path.push_rect(run);
                    }
                }
                if let Some(path) = path.finish() {
                    surface.draw_path(&path);
                }
            });
        }
        let width = WORDS.0 + WORDS.1 + 8.0 - x;
        let ink = rgb::Color::new(26, 47, 57);
        let proof = Face::Regular.wrapped(&certificate.proof, 11.0, width, 3);
        self.block(Some(Tag::P.into()), &proof, (x, top + 12.0), 11.0, ink);
        let below = top + 12.0 + count(&proof) * 11.0 * LEADING + 6.0;
        let (size, lines) = address_lines(&certificate.url, width);
        let identifier = self.surface.start_tagged(ContentTag::Span(SpanTag::empty()));
        let mut y = below;
        for line in &lines {
            y += size * LEADING;
            let colour = colour(&certificate.accent);
            self.glyphs(&Placed { line, at: (x, y - 3.0), size, colour });
        }
        self.surface.end_tagged();
        let rect = Rect::from_ltrb(x, below, x + width, y).expect("an address has a line");
        (identifier, rect)
    }
}

/// The height of a line in ems.
const LEADING: f32 = 1.28;

fn font(face: Face) -> Font {
    Font::new(face.bytes().into(), 0).expect("the bundled faces are read by a test")
}

fn heading(level: u16, title: &str) -> Option<TagKind> {
    Some(Tag::Hn(NonZeroU16::new(level)?, Some(title.to_owned())).into())
}

/// The words in the largest of `sizes` in which they are whole.
fn largest(words: &str, sizes: &[(f32, usize)], width: f32) -> (f32, Vec<Line>) {
    let words = legible(words);
    let mut last = (0.0, Vec::new());
    for (size, lines_max) in sizes {
        let lines = Face::SemiBold.wrapped(&words, *size, width, *lines_max);
        let whole = lines.last().is_none_or(|line| !line.text().ends_with('…'));
        last = (*size, lines);
        if whole {
            break;
        }
    }
    last
}

/// The address in one line, when a size in which it can be read allows it: a broken address is hard to copy.
fn address_lines(url: &str, width: f32) -> (f32, Vec<Line>) {
    let mut sizes =
        [10.0, 9.0, 8.0].map(|size| (size, Face::Regular.wrapped(url, size, width, 3))).into_iter();
    let smallest = sizes.next_back().unwrap_or_default();
    sizes.find(|(_, lines)| lines.len() == 1).unwrap_or(smallest)
}

/// The words without what has no letter, such as small pictures. The name of a person never comes here with any.
fn legible(words: &str) -> String {
    let missing = Face::Regular.missing(words);
    let kept: String = words.chars().filter(|c| !missing.contains(c)).collect();
    kept.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn fill(colour: rgb::Color) -> Fill {
    Fill { paint: colour.into(), ..Fill::default() }
}

/// `#rrggbb`; anything else is black.
fn colour(text: &str) -> rgb::Color {
    let part = |at: usize| {
        text.get(at..at + 2).and_then(|hex| u8::from_str_radix(hex, 16).ok()).unwrap_or_default()
    };
    rgb::Color::new(part(1), part(3), part(5))
}

fn count(lines: &[Line]) -> f32 {
    units(lines.len())
}

fn units(number: usize) -> f32 {
    f32::from(u16::try_from(number).unwrap_or(u16::MAX))
}

/// A circle of four curves.
fn circle(x: f32, y: f32, radius: f32) -> Option<Path> {
    /// How far the handles of a quarter are, in radii.
    const HANDLE: f32 = 0.552_285;
    let handle = radius * HANDLE;
    let mut path = PathBuilder::new();
    path.move_to(x + radius, y);
    for ((dx, dy), (ex, ey)) in [
        ((1.0, 0.0), (0.0, 1.0)),
        ((0.0, 1.0), (-1.0, 0.0)),
        ((-1.0, 0.0), (0.0, -1.0)),
        ((0.0, -1.0), (1.0, 0.0)),
    ] {
        path.cubic_to(
            x + dx * radius + ex * handle,
            y + dy * radius + ey * handle,
            x + ex * radius + dx * handle,
            y + ey * radius + dy * handle,
            x + ex * radius,
            y + ey * radius,
        );
    }
    path.close();
    path.finish()
}

/// The wave at the foot of the sheet: four swells, the handles of each in line with those of the one before.
fn sea() -> Option<Path> {
    let scale = PAGE.0 / 1200.0;
    let at = |x: f32, y: f32| (x * scale, PAGE.1 - 34.0 + y * scale);
    let mut path = PathBuilder::new();
    let (x, y) = at(0.0, 0.0);
    path.move_to(x, y);
    for [first, second, end] in [
        [(110.0, -24.0), (190.0, -26.0), (300.0, -10.0)],
        [(410.0, 6.0), (490.0, 14.0), (600.0, -2.0)],
        [(710.0, -18.0), (790.0, -32.0), (900.0, -16.0)],
        [(1010.0, 0.0), (1090.0, 10.0), (1200.0, -10.0)],
    ] {
        let ((ax, ay), (bx, by), (x, y)) =
            (at(first.0, first.1), at(second.0, second.1), at(end.0, end.1));
        path.cubic_to(ax, ay, bx, by, x, y);
    }
    path.line_to(PAGE.0, PAGE.1);
    path.line_to(0.0, PAGE.1);
    path.close();
    path.finish()
}

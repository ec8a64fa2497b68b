//! What a badge can show: drawings of our own, in strokes on a field of 96 by 96.

use super::Shape;

macro_rules! pictograms {
    ($($name:ident $word:literal $paths:literal,)+) => {
        /// What a badge shows.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[expect(missing_docs, reason = "the names are the words of badge.yaml")]
        #[non_exhaustive]
        pub enum Pictogram {
            $($name,)+
        }

        impl Pictogram {
            /// The words of `badge.yaml`.
            pub const WORDS: &[(&str, Self)] = &[$(($word, Self::$name),)+];

            /// What is drawn, without colour.
            pub(super) const fn paths(self) -> &'static str {
                match self {
                    $(Self::$name => $paths,)+
                }
            }
        }
    };
}

pictograms! {
    Bicycle "bicycle" r#"<circle cx="22" cy="64" r="17"/><circle cx="74" cy="64" r="17"/><path d="M22 64L36 36H62L74 64M36 36L48 64H22M48 64L62 36M31 30H41M62 36L60 26H70"/>"#,
    Boat "boat" r#"<path d="M10 66H86L76 82H20ZM46 58V10M46 14L72 52H46M38 24V52H22Z"/>"#,
    Book "book" r#"<path d="M48 24C38 16 24 14 10 16V74C24 72 38 74 48 82C58 74 72 72 86 74V16C72 14 58 16 48 24ZM48 24V82"/>"#,
    Compass "compass" r#"<circle cx="48" cy="48" r="38"/><path d="M64 32L55 55L32 64L41 41Z"/>"#,
    Gear "gear" r#"<circle cx="48" cy="48" r="25"/><circle cx="48" cy="48" r="9"/><path d="M48 23V10M48 73V86M23 48H10M73 48H86M30.3 30.3L21 21M65.7 30.3L75 21M30.3 65.7L21 75M65.7 65.7L75 75"/>"#,
    Heart "heart" r#"<path d="M48 82C22 62 10 48 10 33C10 21 19 13 29 13C38 13 45 18 48 26C51 18 58 13 67 13C77 13 86 21 86 33C86 48 74 62 48 82Z"/>"#,
    House "house" r#"<path d="M10 46L48 14L86 46M20 40V82H76V40M40 82V58H56V82"/>"#,
    Key "key" r#"<circle cx="30" cy="66" r="18"/><path d="M43 53L80 16M68 28L80 40M58 38L67 47"/>"#,
    Lantern "lantern" r#"<path d="M36 22C36 14 41 9 48 9S60 14 60 22M30 22H66M34 22L28 74H68L62 22M24 84H72M48 64C41 64 38 59 40 53C42 47 48 45 48 37C54 43 58 48 57 55C56 61 53 64 48 64Z"/>"#,
    Leaf "leaf" r#"<path d="M18 76C10 38 40 14 82 14C86 58 58 88 24 74M12 86C24 62 42 46 62 36"/>"#,
    People "people" r#"<circle cx="34" cy="32" r="15"/><path d="M8 82C8 62 20 54 34 54S60 62 60 82M60 19C70 19 77 25 77 33S71 47 63 47M70 56C82 59 88 68 88 82"/>"#,
    Screen "screen" r#"<path d="M10 18H86V66H10ZM34 84H62M48 66V84M26 52L38 40L47 48L68 30"/>"#,
    Sprout "sprout" r#"<path d="M48 86V42M48 52C48 34 36 24 14 24C14 44 26 54 48 54M48 42C48 26 58 14 82 12C82 32 72 44 48 46M26 86H70"/>"#,
    Star "star" r#"<path d="M48 10L59.5 35.8L87.6 38.7L66.5 57.5L72.5 85.1L48 70.9L23.5 85.1L29.5 57.5L8.4 38.7L36.5 35.8Z"/>"#,
    Sun "sun" r#"<circle cx="48" cy="48" r="18"/><path d="M48 20V8M48 88V76M20 48H8M88 48H76M28.2 28.2L19.7 19.7M76.3 76.3L67.8 67.8M28.2 67.8L19.7 76.3M76.3 19.7L67.8 28.2"/>"#,
    Tools "tools" r#"<path d="M56 40L84 68C90 76 78 88 70 82L42 54M40 12C28 8 12 18 12 34C12 48 26 56 40 52C48 50 56 40 56 34L44 38L32 28L42 14ZM34 62L18 78M64 32L82 14L88 20L70 38"/>"#,
    Tree "tree" r#"<path d="M48 88V48M48 66L62 54M48 72L36 62M30 62C14 62 8 50 14 40C10 26 22 16 32 20C38 8 58 8 64 20C76 16 86 26 82 40C88 50 82 62 66 62"/>"#,
    Voice "voice" r#"<path d="M12 16H84V64H46L28 82V64H12ZM28 34H68M28 47H54"/>"#,
    Wave "wave" r#"<path d="M8 34C18 20 30 20 40 32S62 46 72 34S84 26 90 30M8 56C18 42 30 42 40 54S62 68 72 56S84 48 90 52M8 78C18 64 30 64 40 76S62 90 72 78S84 70 90 74"/>"#,
}

impl Shape {
    /// The words of `badge.yaml`.
    pub const WORDS: &[(&str, Self)] = &[
        ("circle", Self::Circle),
        ("hexagon", Self::Hexagon),
        ("octagon", Self::Octagon),
        ("square", Self::Square),
        ("shield", Self::Shield),
        ("flower", Self::Flower),
    ];
}

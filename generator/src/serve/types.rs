//! The media type of a file, by its extension: what every static host sends, and what validators insist on.

use camino::Utf8Path;

/// The type of scripts.
pub(super) const JAVASCRIPT: &str = "text/javascript; charset=utf-8";

/// Sorted by extension; files of a site, of a theme, and of evidence.
const TYPES: [(&str, &str); 34] = [
    ("avif", "image/avif"),
    ("css", "text/css; charset=utf-8"),
    ("csv", "text/csv; charset=utf-8"),
    ("gif", "image/gif"),
    ("htm", "text/html; charset=utf-8"),
    ("html", "text/html; charset=utf-8"),
    ("ico", "image/x-icon"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("js", JAVASCRIPT),
    ("json", "application/json"),
    ("jsonld", "application/ld+json"),
    ("m4a", "audio/mp4"),
    ("map", "application/json"),
    ("md", "text/markdown; charset=utf-8"),
    ("mjs", JAVASCRIPT),
    ("mp3", "audio/mpeg"),
    ("mp4", "video/mp4"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("ogg", "audio/ogg"),
    ("opus", "audio/ogg"),
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("svg", "image/svg+xml"),
    ("ttf", "font/ttf"),
    ("txt", "text/plain; charset=utf-8"),
    ("wasm", "application/wasm"),
    ("wav", "audio/wav"),
    ("webm", "video/webm"),
    ("webmanifest", "application/manifest+json"),
    ("webp", "image/webp"),
    ("woff", "font/woff"),
    ("woff2", "font/woff2"),
    ("xml", "application/xml"),
];

/// The media type of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FileType(&'static str);

impl FileType {
    /// A page.
    pub(super) const HTML: Self = Self("text/html; charset=utf-8");

    /// The type of the file at `place`.
    pub(super) fn of(place: &Utf8Path) -> Self {
        let extension = place.extension().unwrap_or_default().to_ascii_lowercase();
        let known = TYPES.iter().find(|(known, _)| *known == extension);
        Self(known.map_or("application/octet-stream", |(_, name)| name))
    }

    /// The value of `Content-Type`.
    pub(super) const fn name(self) -> &'static str {
        self.0
    }

    /// Whether it is a page.
    pub(super) fn is_html(self) -> bool {
        self == Self::HTML
    }

    /// Whether pages of other sites may read it: records and pictures, which wallets and validators fetch.
    pub(super) fn is_for_everyone(self) -> bool {
        self.0.starts_with("image/") || self.0.ends_with("json")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_and_picture_of_the_site_has_the_type_validators_want() {
        for (file, name) in [
            ("a/x/credential.json", "application/json"),
            ("issuers/x/did.json", "application/json"),
            ("a/x/badge.svg", "image/svg+xml"),
            ("a/x/badge.PNG", "image/png"),
            ("a/x/index.html", "text/html; charset=utf-8"),
            ("feed.xml", "application/xml"),
            ("robots.txt", "text/plain; charset=utf-8"),
            ("CNAME", "application/octet-stream"),
        ] {
            assert_eq!(FileType::of(Utf8Path::new(file)).name(), name, "{file}");
        }
        assert!(TYPES.is_sorted());
    }
}

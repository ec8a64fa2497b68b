//! Looks for ids of awards that are not listed where nobody should find them: in any file outside their own folder.
//!
//! An unlisted award is found by its link alone, so a list, an index or a page that names its id gives it away. `build`
//! asks this of every page and list before it is written; [`scan`] asks it of a finished site, whatever made it.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};
use walkdir::WalkDir;

use crate::id::AwardId;
use crate::site::{Site, Visibility};

/// The bits of the filter that spares most texts a search: a few for each award.
const FILTER_BITS_MIN: usize = 1 << 12;

/// Knows the ids that are not listed.
#[derive(Debug)]
pub struct Scanner<'s> {
    site: &'s Site,
    filter: Vec<u64>,
    mask: usize,
    any: bool,
}

/// An id where it should not be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stray {
    /// The file of the site.
    pub path: Utf8PathBuf,
    /// The id it names.
    pub id: AwardId,
}

impl<'s> Scanner<'s> {
    /// Gets ready to scan the files of `site`.
    #[must_use]
    pub fn new(site: &'s Site) -> Self {
        let hidden = site.awards.iter().filter(|award| award.visibility != Visibility::Listed);
        let hidden = hidden.map(|award| award.id).chain(site.pending.iter().map(|event| event.id));
        let room = (site.awards.len() + site.pending.len()) * 16;
        let bits = room.next_power_of_two().max(FILTER_BITS_MIN);
        let mut scanner = Self { site, filter: vec![0; bits / 64], mask: bits - 1, any: false };
        for id in hidden {
            let (word, bit) = scanner.place(id);
            if let Some(word) = scanner.filter.get_mut(word) {
                *word |= bit;
            }
            scanner.any = true;
        }
        scanner
    }

    /// The first id in `bytes` that may not be named in the file at `path`.
    #[must_use]
    pub fn find(&self, path: &str, bytes: &[u8]) -> Option<AwardId> {
        if !self.any {
            return None;
        }
        let own = path.strip_prefix("a/").and_then(|rest| AwardId::parse(rest.split('/').next()?));
        ids(bytes).find(|id| Some(*id) != own && self.is_hidden(*id))
    }

    fn is_hidden(&self, id: AwardId) -> bool {
        let (word, bit) = self.place(id);
        let may_be = self.filter.get(word).is_some_and(|word| word & bit != 0);
        may_be && (self.is_unlisted(id) || self.is_pending(id))
    }

    fn is_unlisted(&self, id: AwardId) -> bool {
        let awards = &self.site.awards;
        let row = awards.binary_search_by_key(&id, |award| award.id).ok();
        let award = row.and_then(|row| awards.get(row));
        award.is_some_and(|award| award.visibility != Visibility::Listed)
    }

    fn is_pending(&self, id: AwardId) -> bool {
        self.site.pending.binary_search_by_key(&id, |event| event.id).is_ok()
    }

    /// Ids are random, so their own bits spread them.
    fn place(&self, id: AwardId) -> (usize, u64) {
        let [.., a, b, c, d] = id.bits();
        let bit = usize::try_from(u32::from_be_bytes([a, b, c, d])).unwrap_or_default() & self.mask;
        (bit / 64, 1 << (bit % 64))
    }
}

/// Everything in `bytes` that reads as an id, also inside a longer word.
///
/// An id needs so many digits in a row that most texts are stepped over: where the last of them cannot be, none can.
fn ids(bytes: &[u8]) -> impl Iterator<Item = AwardId> {
    let mut end = AwardId::LENGTH;
    std::iter::from_fn(move || {
        loop {
            let window = bytes.get(end.checked_sub(AwardId::LENGTH)?..end)?;
            match window.iter().rposition(|byte| crate::id::digit(*byte).is_none()) {
                Some(gap) => end += gap + 1,
                None => {
                    end += 1;
                    if let Some(id) = of_digits(window) {
                        return Some(id);
                    }
                }
            }
        }
    })
}

/// The id that `digits` are; a first digit above 7 would be more than an id holds.
fn of_digits(digits: &[u8]) -> Option<AwardId> {
    let fits = matches!(digits.first(), Some(b'0'..=b'7'));
    let bits = digits
        .iter()
        .try_fold(0_u128, |bits, digit| Some(bits << 5 | u128::from(crate::id::digit(*digit)?)))?;
    fits.then(|| AwardId::from_bits(bits.to_be_bytes()))
}

/// Scans every file of the finished site in `out`. Ids in names count, too.
///
/// # Errors
/// What the system says when a file cannot be read.
pub fn scan(site: &Site, out: &Utf8Path) -> io::Result<Vec<Stray>> {
    let scanner = Scanner::new(site);
    let mut strays = Vec::new();
    for entry in WalkDir::new(out).sort_by_file_name() {
        let entry = entry?;
        let Some(place) = Utf8Path::from_path(entry.path()) else { continue };
        let path = place.strip_prefix(out).unwrap_or(place);
        let in_name = scanner.find(path.as_str(), path.as_str().as_bytes());
        let in_text = if entry.file_type().is_file() {
            scanner.find(path.as_str(), &std::fs::read(place)?)
        } else {
            None
        };
        let found = in_name.into_iter().chain(in_text);
        strays.extend(found.map(|id| Stray { path: path.to_owned(), id }));
    }
    Ok(strays)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{self, LISTED, PRIVATE, UNLISTED, id};

    #[test]
    fn an_unlisted_id_is_found_wherever_it_hides() {
        let site = sample::site();
        let scanner = Scanner::new(&site);
        let text = id(UNLISTED).text();
        for hidden in [
            text.clone(),
            format!("<a href=\"/a/{text}/\">"),
            format!("0123456789abcdef{text}0123"),
            format!("{text}{}", id(LISTED)),
            format!("{}{text}", "z".repeat(100)),
        ] {
            assert_eq!(scanner.find("feed.xml", hidden.as_bytes()), Some(id(UNLISTED)), "{hidden}");
        }
        assert_eq!(scanner.find("feed.xml", id(PRIVATE).text().as_bytes()), Some(id(PRIVATE)));
    }

    #[test]
    fn an_award_may_name_itself_and_anyone_may_name_a_listed_one() {
        let site = sample::site();
        let scanner = Scanner::new(&site);
        let own = format!("a/{}/index.html", id(UNLISTED));
        assert_eq!(scanner.find(&own, id(UNLISTED).text().as_bytes()), None);
        assert_eq!(scanner.find("feed.xml", id(LISTED).text().as_bytes()), None);
        let other = format!("a/{}/index.html", id(LISTED));
        assert_eq!(scanner.find(&other, id(UNLISTED).text().as_bytes()), Some(id(UNLISTED)));
    }

    #[test]
    fn what_is_not_an_id_is_none() {
        let site = sample::site();
        let scanner = Scanner::new(&site);
        let text = id(UNLISTED).text();
        for other in [
            text.replacen('0', "O", 1),
            text.replacen('0', "-", 1),
            text.get(..25).unwrap().to_owned(),
            String::new(),
            "é".repeat(40),
        ] {
            assert_eq!(scanner.find("x", other.as_bytes()), None, "{other}");
        }
    }

    #[test]
    fn a_finished_site_is_scanned_in_names_and_texts() {
        let site = sample::site();
        let folder = tempfile::tempdir().unwrap();
        let out = Utf8Path::from_path(folder.path()).unwrap();
        let own = out.join(format!("a/{}", id(UNLISTED)));
        std::fs::create_dir_all(&own).unwrap();
        std::fs::write(own.join("credential.json"), id(UNLISTED).text()).unwrap();
        assert_eq!(scan(&site, out).unwrap(), []);
        std::fs::write(out.join("list.json"), format!("[\"{}\"]", id(PRIVATE))).unwrap();
        std::fs::write(out.join(format!("{}.txt", id(UNLISTED))), "").unwrap();
        let stray = |path: String, n| Stray { path: path.into(), id: id(n) };
        let found = scan(&site, out).unwrap();
        let named = stray(format!("{}.txt", id(UNLISTED)), UNLISTED);
        assert_eq!(found, [named, stray("list.json".into(), PRIVATE)]);
    }
}

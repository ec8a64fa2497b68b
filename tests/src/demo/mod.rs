//! The maker of the demonstration: from `tests/demo/awards.yaml` to keys, events, sealed credentials, lists, the register
//! and the table of expected verdicts.
//!
//! It goes through the years as an issuer would, day by day, with the same library calls as the commands; only the clock
//! and the dice are its own. Made twice, the files are the same. Run it with
//! `cargo run -p accolade-tests --bin demo-awards` after a change of the table, of a class, or of what is signed.

pub mod expected;
pub mod keys;
pub mod random;
pub mod table;

use std::collections::BTreeMap;
use std::fmt;
use std::fs;

use accolade::issue::award::{AwardRequest, Decision, EvidenceRequest, To};
use accolade::issue::desk::Desk;
use accolade::issue::event::reason_of_word;
use accolade::issue::moment::When;
use accolade::issue::revoke::{RevokeRequest, Withdrawal};
use accolade::issue::seal::evidence_folder;
use accolade::keys::KeyRing;
use accolade::register::Register;
use accolade::site::{Lang, Slug, Text, Visibility};
use camino::{Utf8Path, Utf8PathBuf};
use openbadges::time::Timestamp;

use random::Published;
use table::{Evidence, Mode, Row, Status, Table};

/// Names and addresses of people who do not exist.
const REGISTER: &str = "tests/register";

/// What the maker writes, relative to the root; it is removed first.
const MADE: [&str; 6] = [
    "badges/assertions",
    "badges/revocations",
    "badges/urls.ledger",
    "tests/keys",
    REGISTER,
    "tests/expected.json",
];

/// The line from which a class says how it is offered.
const OFFER: &str = "# How it is offered today";

/// What happens on a day, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Deed {
    KeyMade(usize),
    Awarded(usize),
    Revoked(usize),
    KeyEnded(usize),
}

/// Makes the demonstration at `root` anew.
///
/// # Errors
/// [`Problem`] says what went wrong; then the files are half made, and the next run begins again.
pub fn make(root: &Utf8Path) -> Result<(), Problem> {
    let text = fs::read_to_string(root.join("tests/demo/awards.yaml"));
    let table = Table::read(&text.map_err(Problem::of("tests/demo/awards.yaml"))?)?;
    clean(root)?;
    fs::create_dir_all(root.join(REGISTER)).map_err(Problem::of(REGISTER))?;
    let offered = set_offers_aside(root)?;
    for ((day, deed), number) in history(&table).into_iter().zip(0_i64..) {
        // Every deed of a day has a minute of its own, after six in the evening.
        let evening = moment(&format!("{day}T18:00:00Z"))?.unix_seconds() + 60 * (number % 60);
        let now = Timestamp::from_unix_seconds(evening).ok_or_else(|| Problem(day.to_owned()))?;
        perform(root, &table, deed, now)?;
    }
    for (path, text) in offered {
        fs::write(&path, text).map_err(Problem::of(&path))?;
    }
    fs::write(root.join("tests/expected.json"), expected::json(&table))
        .map_err(Problem::of("tests/expected.json"))
}

/// Takes out of every class how it is offered, and returns the whole files: these lines were written years after the first
/// award, so no frozen version has them.
fn set_offers_aside(root: &Utf8Path) -> Result<Vec<(Utf8PathBuf, String)>, Problem> {
    let folder = root.join("badges/classes");
    let mut whole = Vec::new();
    for class in folder.read_dir_utf8().map_err(Problem::of(&folder))? {
        let path = class.map_err(Problem::of(&folder))?.path().join("badge.yaml");
        let text = fs::read_to_string(&path).map_err(Problem::of(&path))?;
        if let Some((before, _)) = text.split_once(OFFER) {
            fs::write(&path, before).map_err(Problem::of(&path))?;
            whole.push((path, text));
        }
    }
    Ok(whole)
}

fn clean(root: &Utf8Path) -> Result<(), Problem> {
    let mut made: Vec<Utf8PathBuf> = MADE.iter().map(|path| root.join(path)).collect();
    for (folder, name) in
        [("badges/issuers", "keys"), ("badges/issuers", "status"), ("badges/classes", "versions")]
    {
        let entries = root.join(folder).read_dir_utf8().map_err(Problem::of(folder))?;
        for entry in entries {
            made.push(entry.map_err(Problem::of(folder))?.path().join(name));
        }
    }
    for path in made {
        let removed =
            if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        match removed {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(Problem::of(&path)(error));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Everything that happens, day by day.
fn history(table: &Table) -> Vec<(&str, Deed)> {
    let lives = keys::LIVES.iter().enumerate().flat_map(|(at, life)| {
        let made = Some((life.created, Deed::KeyMade(at)));
        let ended = life.end.map(|(day, _)| (day, Deed::KeyEnded(at)));
        made.into_iter().chain(ended)
    });
    let awards = table.awards.iter().enumerate().flat_map(|(at, row)| {
        let awarded = Some((row.issued.as_str(), Deed::Awarded(at)));
        let revoked = row.revocation.as_ref().map(|it| (it.date.as_str(), Deed::Revoked(at)));
        awarded.into_iter().chain(revoked)
    });
    let mut history: Vec<(&str, Deed)> = lives.chain(awards).collect();
    history.sort_unstable();
    history
}

fn perform(root: &Utf8Path, table: &Table, deed: Deed, now: Timestamp) -> Result<(), Problem> {
    let life = |at: usize| keys::LIVES.get(at).ok_or_else(|| Problem("no such key".to_owned()));
    let row = |at: usize| table.awards.get(at).ok_or_else(|| Problem("no such row".to_owned()));
    match deed {
        Deed::KeyMade(at) => keys::make(root, life(at)?, now),
        Deed::KeyEnded(at) => {
            let life = life(at)?;
            keys::end(root, life, life.end.map(|(_, words)| words).unwrap_or_default())
        }
        Deed::Awarded(at) => award(root, table, row(at)?, now),
        Deed::Revoked(at) => revoke(root, table, row(at)?, now),
    }
}

/// The repository, or what stands in the way. The settings name no register, because a public repository has none in its
/// tree; ours may lie there, because everyone in it is invented.
pub(crate) fn open(root: &Utf8Path) -> Result<Desk, Problem> {
    let desk = Desk::open_to_remake(root).map_err(|error| Problem(format!("{error:#?}")))?;
    Ok(desk.with_register(Register::in_folder(root.join(REGISTER))))
}

fn award(root: &Utf8Path, table: &Table, row: &Row, now: Timestamp) -> Result<(), Problem> {
    let mut desk = open(root)?;
    let request = request(root, table, row)?;
    let label = format!("{}{}", table.seed, row.n);
    let random = &mut Published::new(&label, &table.bits(&row.n));
    let decision = desk.decide(&request, now, random).map_err(Problem::of(&row.n))?;
    let Decision::New(award) = decision else {
        return Err(Problem(format!("{} is the same as another row", row.n)));
    };
    let clock = moment(&table.clock)?;
    let ends_before_the_clock = award.event.expires.is_some_and(|end| end < clock);
    if ends_before_the_clock != (row.status == Status::Expired) {
        return Err(Problem(format!("{} ends at {:?}", row.n, award.event.expires)));
    }
    if row.holder.as_ref().is_some_and(|holder| holder.consent != now.date()) {
        return Err(Problem(format!("{}: the consent is of another day", row.n)));
    }
    desk.write_award(&award).map_err(Problem::of(&row.n))?;
    seal(&mut desk, row, now, &format!("{label}/seal"))
}

/// Signs with the key the row names; anything that has to wait is a mistake of the table.
fn seal(desk: &mut Desk, row: &Row, now: Timestamp, label: &str) -> Result<(), Problem> {
    let class = desk.site().classes.iter().find(|class| class.slug.as_str() == row.class);
    let issuer = class.map(|class| class.current().issuer.clone());
    let issuer = issuer.ok_or_else(|| Problem(row.class.clone()))?;
    let ring = KeyRing::of([keys::secret(issuer.as_str(), &row.key)]);
    let report = desk
        .seal(&ring, now, &mut Published::new(label, &[]))
        .map_err(|error| Problem(format!("{}: {error:#?}", row.n)))?;
    if report.waiting.is_empty() && report.changed() {
        Ok(())
    } else {
        Err(Problem(format!("{}: {report:#?}", row.n)))
    }
}

fn revoke(root: &Utf8Path, table: &Table, row: &Row, now: Timestamp) -> Result<(), Problem> {
    let revocation = row.revocation.as_ref().ok_or_else(|| Problem(row.n.clone()))?;
    let reason = revocation.reason.as_deref().map(|word| {
        reason_of_word(word).ok_or_else(|| Problem(format!("{}: reason {word}", row.n)))
    });
    let mut desk = open(root)?;
    let request = RevokeRequest {
        award: table.id(&row.n),
        reason: reason.transpose()?,
        note: None,
        replaced_by: None,
        date: Some(When::Moment(moment(&format!("{}T00:00:00Z", revocation.date))?)),
    };
    let withdrawal = desk.revoke(&request, now).map_err(Problem::of(&row.n))?;
    if matches!(withdrawal, Withdrawal::Already(_)) {
        return Err(Problem(format!("{} is withdrawn twice", row.n)));
    }
    seal(&mut desk, row, now, &format!("{}{}/withdraw", table.seed, row.n))
}

fn request(root: &Utf8Path, table: &Table, row: &Row) -> Result<AwardRequest, Problem> {
    let missing = |what: &str| Problem(format!("{}: no {what}", row.n));
    let value = |value: &Option<String>, what: &str| value.clone().ok_or_else(|| missing(what));
    let to = match row.recipient {
        Mode::Email => To::Email(value(&row.email, "email")?),
        Mode::Did => To::Did(value(&row.did, "did")?),
        Mode::Url => To::Url(value(&row.url, "url")?),
        Mode::Opaque => To::Nobody,
    };
    let when = |text: &String| When::parse(text).ok_or_else(|| missing("date"));
    let visibility = match row.visibility.as_str() {
        "listed" => Visibility::Listed,
        "unlisted" => Visibility::Unlisted,
        "private" => Visibility::Private,
        other => return Err(Problem(format!("{}: visibility {other}", row.n))),
    };
    let renews = row.renews.as_ref().map(|n| {
        table.row(n).map(|earlier| table.id(&earlier.n)).ok_or_else(|| missing("renewed row"))
    });
    let evidence = row.evidence.iter().map(|seen| evidence(root, table, row, seen));
    let class = Slug::parse(&row.class).ok_or_else(|| missing("class"))?;
    Ok(AwardRequest {
        level: row.level,
        lang: Some(Lang::parse(&row.lang).ok_or_else(|| missing("language"))?),
        public_hash: true,
        hidden_name: row.hidden_name.then(|| row.name.clone()),
        shown_name: row.holder.as_ref().map(|holder| holder.name.clone()),
        date: Some(When::Moment(moment(&format!("{}T00:00:00Z", row.issued))?)),
        expires: row.expires.as_ref().map(when).transpose()?,
        criteria_met: row.criteria_met.clone(),
        role: row.role.clone(),
        evidence: evidence.collect::<Result<_, _>>()?,
        renews: renews.transpose()?,
        visibility: Some(visibility),
        ..AwardRequest::new(class, to)
    })
}

fn evidence(
    root: &Utf8Path,
    table: &Table,
    row: &Row,
    seen: &Evidence,
) -> Result<EvidenceRequest, Problem> {
    let text = |texts: &BTreeMap<String, String>| -> Result<Text, Problem> {
        let entry = |(lang, text): (&String, &String)| {
            let lang = Lang::parse(lang).ok_or_else(|| Problem(format!("{}: {lang}", row.n)))?;
            Ok((lang, text.clone()))
        };
        texts.iter().map(entry).collect::<Result<_, _>>().map(Text)
    };
    let folder = root.join(evidence_folder(table.id(&row.n)));
    Ok(EvidenceRequest {
        narrative: seen.narrative.as_ref().map(text).transpose()?,
        url: seen.url.clone(),
        file: seen.file.as_ref().map(|name| folder.join(name)),
        genre: seen.genre.clone(),
        alt: seen.alt.as_ref().map(text).transpose()?,
    })
}

pub(crate) fn moment(text: &str) -> Result<Timestamp, Problem> {
    Timestamp::parse(text).map_err(Problem::of(text))
}

/// Why the demonstration was not made, for its makers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem(pub String);

impl Problem {
    pub(crate) fn of<E: fmt::Display>(what: impl fmt::Display) -> impl Fn(E) -> Self {
        let what = what.to_string();
        move |error| Self(format!("{what}: {error}"))
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

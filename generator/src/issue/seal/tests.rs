use std::fs;
use std::sync::Arc;

use openbadges::iri::BaseUrl;
use openbadges::jsonld::ContextStore;
use openbadges::key::PublicKey;
use openbadges::proof::{self, Secured};
use openbadges::status::{DecodeBounds, StatusList};
use serde_json::Value;

use super::*;
use crate::example::{DRAWING, event, id, key, lang, moment, site, slug};
use crate::issue::randomness::tests::Stream;
use crate::records::sealed::Sealed;
use crate::site::{Award, Evidence, KeyState, Revocation, Tombstone};

const NOW: &str = "2026-03-12T14:30:00Z";

/// A repository on a disk, and the site that was read from it.
struct Repository {
    folder: tempfile::TempDir,
    site: Site,
}

impl Repository {
    fn with(pending: Vec<AwardEvent>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut site = site();
        site.root = Utf8Path::from_path(folder.path()).unwrap().to_owned();
        for class in ["accueil", "sol"] {
            let class = site.root.join("badges/classes").join(class);
            fs::create_dir_all(&class).unwrap();
            for (name, text) in [("badge.yaml", "a"), ("criteria.md", "b"), ("image.svg", DRAWING)]
            {
                fs::write(class.join(name), text).unwrap();
            }
        }
        site.pending = pending;
        Self { folder, site }
    }

    fn seal_with(&self, files: &Files, seed: &str, now: &str) -> Result<Report, SealError> {
        seal(&self.site, files, &KeyRing::of([key(2)]), moment(now), &mut Stream::of(seed))
    }

    fn seal(&mut self, seed: &str) -> Result<Report, SealError> {
        self.seal_at(seed, NOW)
    }

    fn seal_at(&mut self, seed: &str, now: &str) -> Result<Report, SealError> {
        let files = Files::take(&self.site.root).unwrap();
        let report = self.seal_with(&files, seed, now);
        self.reload();
        report
    }

    /// Reads back what is on the disk, as `load` and `check` do.
    fn reload(&mut self) {
        let root = &self.site.root;
        let (sealed, pending): (Vec<AwardEvent>, Vec<AwardEvent>) =
            self.site.pending.drain(..).partition(|event| root.join(sealed_path(event)).exists());
        self.site.pending = pending;
        for event in sealed {
            let read = Sealed::read(&fs::read(root.join(sealed_path(&event))).unwrap()).unwrap();
            let class = self.site.classes.iter().position(|class| class.slug == event.class);
            self.site.awards.push(Award {
                id: event.id,
                class: u32::try_from(class.unwrap()).unwrap(),
                version: event.version,
                level: event.level,
                lang: event.lang.clone(),
                awarded: event.awarded,
                expires: event.expires,
                visibility: event.visibility,
                holder: None,
                renews: None,
                status_index: read.credential_status.status_list_index.parse().unwrap(),
                base: 0,
                sealed: sealed_path(&event).as_str().into(),
                evidence_files: Box::default(),
            });
        }
        for class in &mut self.site.classes {
            let slug = class.slug.clone();
            for version in class.versions.values_mut() {
                let kept = root.join(format!("badges/classes/{slug}/versions/{}", version.number));
                if let Ok(png) = fs::read(kept.join("image.png")) {
                    version.frozen = true;
                    version.image.png = Some(Arc::from(png));
                }
            }
        }
        let has_moved = !self.site.settings.former_base_urls.is_empty();
        for issuer in self.site.issuers.values_mut() {
            let list = |base| {
                let file = self.site.settings.list_file(&issuer.slug, base);
                fs::read(root.join(file)).ok().map(Arc::<[u8]>::from)
            };
            let (present, former) = (list(0), list(1).filter(|_| has_moved));
            // A list that still lies in the place of the present one.
            let stayed = has_moved && former.is_none();
            issuer.former_lists = former
                .or(present.clone().filter(|_| stayed))
                .map(|list| (1, list))
                .into_iter()
                .collect();
            issuer.status_list = present.filter(|_| !stayed);
        }
    }

    fn put_list(&mut self, bytes: &[u8]) {
        let file = self.site.settings.list_file(&slug("club"), 0);
        fs::write(self.site.root.join(file), bytes).unwrap();
        self.reload();
    }

    fn document(&self, path: &Utf8Path) -> Value {
        let bytes = fs::read(self.site.root.join(path)).unwrap();
        openbadges::json::parse(&bytes).unwrap()
    }

    fn list(&self) -> (Value, BTreeSet<u32>) {
        let document = self.document(&self.site.settings.list_file(&slug("club"), 0));
        let list = StatusList::parse(&document, &DecodeBounds::default()).unwrap();
        let bits = withdrawn::set_bits(&list.bits).collect();
        (document, bits)
    }

    fn index_of(&self, number: u8) -> u32 {
        let award = self.site.awards.iter().find(|award| award.id == id(number));
        award.unwrap().status_index
    }

    fn revoke(&mut self, number: u8) {
        let date = moment("2026-08-01T00:00:00Z");
        let revocation = Revocation { date, reason: None, note: None, replaced_by: None };
        self.site.revocations.insert(id(number), revocation);
    }

    /// Every file below `badges/`, with its bytes.
    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let all = walkdir::WalkDir::new(self.folder.path().join("badges")).into_iter();
        all.map(Result::unwrap)
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| (entry.path().display().to_string(), fs::read(entry.path()).unwrap()))
            .collect()
    }
}

fn verify(document: &Value, public: &PublicKey) {
    let secured = Secured::split(document.clone()).unwrap();
    assert_eq!(secured.proofs.len(), 2);
    for proof in &secured.proofs {
        proof::verify(&secured.unsecured, proof, public, ContextStore::embedded()).unwrap();
    }
}

#[test]
fn what_waits_is_signed_frozen_and_listed() {
    let mut repository = Repository::with(vec![event(1), event(2)]);
    let report = repository.seal("a").unwrap();
    assert_eq!(report.sealed, [id(1), id(2)]);
    assert_eq!(report.frozen, [(slug("accueil"), 1)]);
    assert_eq!(report.lists, [slug("club")]);
    assert!(report.waiting.is_empty() && report.changed());
    let public = key(2).public();
    for number in [1, 2] {
        let document = repository.document(&sealed_path(&event(number)));
        verify(&document, &public);
        let png =
            fs::read(repository.site.root.join("badges/classes/accueil/versions/1/image.png"));
        let digest = digest::sri(&png.unwrap());
        assert_eq!(document["relatedResource"][0]["digestSRI"], digest);
    }
    let (list, bits) = repository.list();
    verify(&list, &public);
    assert_eq!(list["validFrom"], NOW);
    assert!(bits.is_empty(), "nobody is withdrawn yet");
    assert_ne!(repository.index_of(1), repository.index_of(2));
    assert_ne!(repository.index_of(1), 0);
}

#[test]
fn sealing_again_changes_nothing() {
    let mut repository = Repository::with(vec![event(1)]);
    repository.revoke(1);
    repository.seal("a").unwrap();
    let before = repository.files();
    let report = repository.seal_at("b", "2026-09-01T09:00:00Z").unwrap();
    assert_eq!(report, Report::default());
    assert!(!report.changed());
    assert_eq!(repository.files(), before);
}

#[test]
fn the_list_moves_with_its_bits_alone() {
    let mut repository = Repository::with(vec![event(1), event(2)]);
    repository.seal("a").unwrap();
    repository.site.pending.push(event(3));
    let later = "2026-06-01T10:00:00Z";
    let report = repository.seal_at("b", later).unwrap();
    assert_eq!(report.lists, Vec::<Slug>::new(), "an award withdraws nobody");
    assert_eq!(repository.list().0["validFrom"], NOW);
    repository.revoke(2);
    let report = repository.seal_at("c", later).unwrap();
    assert_eq!((report.sealed.len(), report.lists.len()), (0, 1));
    let (list, bits) = repository.list();
    verify(&list, &key(2).public());
    assert_eq!(list["validFrom"], later);
    assert_eq!(bits, BTreeSet::from([repository.index_of(2)]));
}

#[test]
fn an_award_withdrawn_before_it_was_sealed_is_listed_at_once() {
    let mut repository = Repository::with(vec![event(1)]);
    repository.revoke(1);
    let report = repository.seal("a").unwrap();
    assert_eq!(report.lists, [slug("club")], "told once");
    assert_eq!(repository.list().1, BTreeSet::from([repository.index_of(1)]));
}

#[test]
fn a_revocation_is_final_cred_bsl_42() {
    let mut repository = Repository::with(vec![event(1), event(2)]);
    repository.revoke(1);
    repository.seal("a").unwrap();
    let (_, before) = repository.list();
    // Somebody deletes the revocation file; the bit stays.
    repository.site.revocations.clear();
    repository.revoke(2);
    repository.seal("b").unwrap();
    let (_, after) = repository.list();
    assert!(after.is_superset(&before) && after.len() == 2, "{before:?} {after:?}");
}

#[test]
fn a_list_that_was_lost_is_made_again_from_what_is_there() {
    let mut repository = Repository::with(vec![event(1), event(2)]);
    repository.revoke(1);
    repository.seal("a").unwrap();
    fs::remove_file(
        repository.site.root.join(repository.site.settings.list_file(&slug("club"), 0)),
    )
    .unwrap();
    repository.reload();
    let report = repository.seal("b").unwrap();
    assert_eq!((report.sealed.len(), report.lists), (0, vec![slug("club")]));
    assert_eq!(repository.list().1, BTreeSet::from([repository.index_of(1)]));
}

#[test]
fn a_forgotten_award_keeps_its_place_and_its_bit() {
    let mut repository = Repository::with(vec![event(1)]);
    repository.seal("a").unwrap();
    let index = repository.index_of(1);
    let date = moment("2026-08-01T00:00:00Z");
    let stone = Tombstone { date, issuer: slug("club"), status_index: Some(index) };
    repository.site.tombstones.insert(id(1), stone);
    repository.site.awards.clear();
    let report = repository.seal("b").unwrap();
    assert_eq!(report.lists, [slug("club")]);
    assert_eq!(repository.list().1, BTreeSet::from([index]));
    // The same draw as the first time would give the same place again.
    repository.site.pending.push(event(2));
    repository.seal("a").unwrap();
    assert_ne!(repository.index_of(2), index);
}

#[test]
fn without_the_key_everything_waits_and_says_so() {
    let retired_or_foreign = [KeyRing::default(), KeyRing::of([key(1)]), KeyRing::of([key(9)])];
    for ring in retired_or_foreign {
        let repository = Repository::with(vec![event(1), event(2)]);
        let files = Files::take(&repository.site.root).unwrap();
        let random = &mut Stream::of("a");
        let before = repository.files();
        let report = seal(&repository.site, &files, &ring, moment(NOW), random).unwrap();
        let waiting = Waiting { awards: 2, list: false };
        assert_eq!(report.waiting, BTreeMap::from([(slug("club"), waiting)]), "{ring:?}");
        assert!(!report.changed());
        assert_eq!(repository.files(), before);
    }
}

#[test]
fn a_revoked_key_signs_nothing_and_its_list_is_signed_again() {
    let mut repository = Repository::with(vec![event(1)]);
    repository.seal("a").unwrap();
    let keys = &mut repository.site.issuers.get_mut(&slug("club")).unwrap().keys;
    let date = moment("2026-05-01T00:00:00Z");
    keys.get_mut("k2").unwrap().state = KeyState::Revoked { date, reason: "stolen".to_owned() };
    repository.site.pending.push(event(2));
    let report = repository.seal("b").unwrap();
    let waiting = Waiting { awards: 1, list: true };
    assert_eq!(report.waiting, BTreeMap::from([(slug("club"), waiting)]));
    // A new key comes: the list of the stolen one is worth nothing, and is signed again as it was.
    let keys = &mut repository.site.issuers.get_mut(&slug("club")).unwrap().keys;
    let third = IssuerKey {
        kid: "k3".to_owned(),
        public: key(3).public(),
        created: date,
        state: KeyState::Active,
    };
    keys.insert("k3".to_owned(), third);
    let files = Files::take(&repository.site.root).unwrap();
    let ring = KeyRing::of([key(2), key(3)]);
    let random = &mut Stream::of("c");
    let now = moment("2026-05-02T00:00:00Z");
    let report = seal(&repository.site, &files, &ring, now, random).unwrap();
    assert_eq!((report.sealed, report.lists), (vec![id(2)], vec![slug("club")]));
    verify(&repository.list().0, &key(3).public());
    verify(&repository.document(&sealed_path(&event(2))), &key(3).public());
}

#[test]
fn the_youngest_active_key_signs() {
    let mut repository = Repository::with(vec![event(1)]);
    let keys = &mut repository.site.issuers.get_mut(&slug("club")).unwrap().keys;
    keys.get_mut("k1").unwrap().state = KeyState::Active;
    let files = Files::take(&repository.site.root).unwrap();
    let ring = KeyRing::of([key(1), key(2)]);
    seal(&repository.site, &files, &ring, moment(NOW), &mut Stream::of("a")).unwrap();
    verify(&repository.document(&sealed_path(&event(1))), &key(2).public());
}

#[test]
fn a_list_grows_in_its_place_before_it_is_full_cred_bsl_40() {
    let mut repository = Repository::with(vec![event(1)]);
    repository.seal("a").unwrap();
    let first = repository.index_of(1);
    // Seven eighths are taken, one place less.
    let (mut list, _) = repository.list();
    let mut bits = withdrawn::empty();
    for index in (1..131_072_u32).filter(|index| *index != first).take(114_686) {
        bits.set(usize::try_from(index).unwrap()).unwrap();
    }
    list["credentialSubject"]["encodedList"] = Value::String(bits.encode());
    repository.put_list(&serde_json::to_vec(&list).unwrap());
    repository.site.pending = vec![event(2)];
    repository.seal("b").unwrap();
    let length = |repository: &Repository| {
        let list = StatusList::parse(&repository.list().0, &DecodeBounds::default()).unwrap();
        assert!(list.bits.keeps_all_of(&bits));
        list.bits.bits()
    };
    assert_eq!(length(&repository), 131_072, "as long as one eighth is free");
    repository.site.pending = vec![event(3), event(4)];
    let report = repository.seal("c").unwrap();
    assert_eq!((report.sealed.len(), report.lists.len()), (2, 1));
    assert_eq!(length(&repository), 262_144);
    let (longer, _) = repository.list();
    assert_eq!(longer["id"], list["id"], "every credential names this address");
    verify(&longer, &key(2).public());
}

#[test]
fn a_site_that_moved_keeps_signing_its_old_list_under_the_old_address() {
    let mut repository = Repository::with(vec![event(1), event(2)]);
    repository.seal("a").unwrap();
    let before = repository.files();
    let old = std::mem::replace(
        &mut repository.site.settings.base_url,
        BaseUrl::parse("https://new.example/b").unwrap(),
    );
    repository.site.settings.former_base_urls = vec![old];
    for award in &mut repository.site.awards {
        award.base = 1;
    }
    repository.reload();
    assert!(!repository.seal("b").unwrap().changed(), "moving alone signs nothing");
    assert_eq!(repository.files(), before);

    repository.site.pending = vec![event(3)];
    repository.seal("c").unwrap();
    repository.revoke(1);
    let report = repository.seal_at("d", "2026-08-01T10:00:00Z").unwrap();
    assert_eq!(report.lists, [slug("club")]);
    let file = |base| repository.site.settings.list_file(&slug("club"), base);
    assert_eq!(file(1), "badges/issuers/club/status/badges.example/revocation-1.json");
    let place = repository.index_of(1);
    for (base, address, did) in [
        (0, "https://new.example/b", "did:web:new.example:b:issuers:club"),
        (1, "https://badges.example", "did:web:badges.example:issuers:club"),
    ] {
        let list = repository.document(&file(base));
        assert_eq!(list["id"], format!("{address}/issuers/club/status/revocation-1.json"));
        assert_eq!(list["issuer"], did);
        let method = list["proof"][0]["verificationMethod"].as_str().unwrap();
        assert!(method.starts_with(&format!("{did}#")), "{method}");
        verify(&list, &key(2).public());
        let bits = StatusList::parse(&list, &DecodeBounds::default()).unwrap().bits;
        assert_eq!(withdrawn::set_bits(&bits).collect::<Vec<u32>>(), [place], "{address}");
    }
    let sealed = repository.document(&sealed_path(&event(3)));
    let list = sealed["credentialStatus"]["statusListCredential"].as_str().unwrap();
    assert!(list.starts_with("https://new.example/b/"), "{list}");
    assert!(!repository.seal("e").unwrap().changed());
}

#[test]
fn a_clock_that_went_back_does_not_date_a_list_before_the_one_it_follows() {
    let mut repository = Repository::with(vec![event(1)]);
    repository.seal_at("a", "2026-08-01T10:00:00Z").unwrap();
    repository.revoke(1);
    repository.seal_at("b", "2026-07-31T10:00:00Z").unwrap();
    let (list, bits) = repository.list();
    assert_eq!((list["validFrom"].as_str(), bits.len()), (Some("2026-08-01T10:00:00Z"), 1));
}

#[test]
fn a_list_that_cannot_be_read_stops_everything() {
    let mut repository = Repository::with(vec![event(1)]);
    let broken: Arc<[u8]> = Arc::from(b"{}".as_slice());
    repository.site.issuers.get_mut(&slug("club")).unwrap().status_list = Some(broken);
    let files = Files::take(&repository.site.root).unwrap();
    let error = repository.seal_with(&files, "a", NOW).unwrap_err();
    let unsigned = ListError::Proof(proof::ProofError::NoProof);
    assert_eq!(error, SealError::List { issuer: slug("club"), error: unsigned });
}

#[test]
fn an_evidence_file_must_be_there_and_its_digest_is_signed() {
    let mut with_photo = event(1);
    with_photo.evidence = vec![Evidence {
        narrative: None,
        url: None,
        file: Some("photo.jpg".to_owned()),
        genre: None,
        alt: None,
    }];
    let mut repository = Repository::with(vec![with_photo]);
    assert!(matches!(repository.seal("a"), Err(SealError::File(FileError::Io { .. }))));
    let folder = repository.site.root.join(evidence_folder(id(1)));
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("photo.jpg"), "light").unwrap();
    repository.seal("b").unwrap();
    let resources = repository.document(&sealed_path(&event(1)))["relatedResource"].clone();
    let digest = digest::sri(b"light");
    let photo = format!("https://badges.example/a/{}/evidence/photo.jpg", id(1));
    let found = resources.as_array().unwrap().iter().find(|one| one["id"] == photo).unwrap();
    assert_eq!(found["digestSRI"], digest);
}

#[test]
fn each_level_and_language_is_sealed_with_its_own_records() {
    let mut english = event(1);
    english.class = slug("sol");
    english.level = Some(2);
    english.lang = lang("en");
    english.criteria_met = Vec::new();
    let mut repository = Repository::with(vec![english]);
    repository.seal("a").unwrap();
    let document = repository.document(&sealed_path(&event(1)));
    verify(&document, &key(2).public());
    let id = "https://badges.example/badges/sol/v1/level-2/achievement.en.json";
    assert_eq!(document["credentialSubject"]["achievement"]["id"], id);
}

/// A command may be killed before any write. Whatever it left, the next run finishes the work, and no two awards ever
/// have one place.
#[test]
fn a_killed_seal_is_finished_by_the_next_one() {
    for writes in 0.. {
        let mut repository = Repository::with(vec![event(1), event(2), event(3)]);
        repository.revoke(2);
        let files = Files::take(&repository.site.root).unwrap().killed_after(writes);
        let whole = repository.seal_with(&files, "first", NOW);
        drop(files);
        repository.reload();
        let (left, places) = (repository.files(), repository.site.awards.clone());
        repository.seal("second").unwrap();
        assert!(repository.site.pending.is_empty());
        let indexes: BTreeSet<u32> =
            repository.site.awards.iter().map(|award| award.status_index).collect();
        assert_eq!(indexes.len(), 3, "killed after {writes}");
        for award in &places {
            let sealed = repository.site.root.join(&*award.sealed).to_string();
            assert_eq!(repository.files()[&sealed], left[&sealed], "evidence never changes");
        }
        for number in [1, 2, 3] {
            verify(&repository.document(&sealed_path(&event(number))), &key(2).public());
        }
        assert_eq!(repository.list().1, BTreeSet::from([repository.index_of(2)]));
        if whole.is_ok() {
            assert!(writes >= 6, "list, version, three awards, list again");
            return;
        }
    }
}

//! From a checked site to files: plan, render, write, in bounded memory.
//!
//! Pages of the whole site are made before anything is written, and so is the first award, so that a template with a
//! mistake leaves the last good site as it is. Awards then pass in windows: paths are announced in order, files are made
//! and written by all threads, digests are noted in order, and nothing of a window is kept.

use std::borrow::Cow;
use std::ops::ControlFlow;

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use crate::id::AwardId;
use crate::load::{self, ReadError};
use crate::plan::{AwardFile, FixedFile, Folder, ImageForm, Plan, PlanError, Planned, Recipe};
use crate::render::html::ThemeFiles;
use crate::render::{AwardFiles, RenderError, Renderer};
use crate::site::{Award, Site};
use crate::stray::Scanner;
use crate::write::{Finished, Owner, WriteError, Writer, Written};

/// Awards that are under way at once: enough for every thread to have some, few enough to be nothing in memory.
const WINDOW: usize = 512;

/// Where evidence lies in the repository.
const EVIDENCE: &str = "badges/evidence";

/// A site, ready to be written.
#[derive(Debug)]
pub struct Publication<'s> {
    site: &'s Site,
    renderer: &'s Renderer<'s>,
    plan: &'s Plan<'s>,
    scanner: Scanner<'s>,
}

/// What was made of one path.
type Made<'a> = Cow<'a, [u8]>;

/// Told after each window: how much of the whole is done. `Break` ends the build, and the next one repairs.
pub type Progress<'p> = dyn FnMut(usize, usize) -> ControlFlow<()> + 'p;

/// Makes the renderer and the plan of a site.
///
/// # Errors
/// [`PublishError`] when the theme cannot be used or two files want one path.
pub fn prepare<'s>(
    site: &'s Site,
    theme: ThemeFiles,
) -> Result<(Renderer<'s>, Plan<'s>), PublishError> {
    let renderer = Renderer::new(site, theme)?;
    let plan = Plan::new(site, renderer.static_paths())?;
    Ok((renderer, plan))
}

impl<'s> Publication<'s> {
    /// Gets ready to write what `plan` says.
    #[must_use]
    pub fn new(site: &'s Site, renderer: &'s Renderer<'s>, plan: &'s Plan<'s>) -> Self {
        Self { site, renderer, plan, scanner: Scanner::new(site) }
    }

    /// Writes the site into `out`.
    ///
    /// # Errors
    /// [`PublishError`]; nothing is written when a page of the site fails.
    pub fn write(
        &self,
        out: &Utf8Path,
        progress: &mut Progress<'_>,
    ) -> Result<Finished, PublishError> {
        let before: Vec<_> = self.plan.before_awards().collect();
        let after: Vec<_> = self.plan.after_awards().collect();
        let (pages_before, pages_after) = (self.pages(&before)?, self.pages(&after)?);
        self.try_awards()?;
        let total = self.plan.folder_count() + before.len() + after.len();
        let mut writer = Writer::open(&self.site.root, out)?;
        let mut done = before.len();
        self.write_fixed(&mut writer, &before, pages_before)?;
        step(progress, done, total)?;
        let mut folders = self.plan.folders().peekable();
        while folders.peek().is_some() {
            let window: Vec<Folder<'s>> = folders.by_ref().take(WINDOW).collect();
            self.write_awards(&mut writer, &window)?;
            done += window.len();
            step(progress, done, total)?;
        }
        self.write_fixed(&mut writer, &after, pages_after)?;
        step(progress, total, total)?;
        Ok(writer.finish()?)
    }

    /// Makes the files that a template or a drawing can spoil; the others are made when they are written. So are previews,
    /// which are many and large: whether their pictures can be drawn is all that can be wrong with them.
    fn pages(
        &self,
        files: &[(&str, FixedFile<'s>)],
    ) -> Result<Vec<Option<Made<'_>>>, PublishError> {
        files
            .par_iter()
            .map(|(path, file)| match file {
                FixedFile::Preview(meaning, _) => {
                    Renderer::test_preview(*meaning)?;
                    Ok(None)
                }
                file => file.can_fail().then(|| self.make_fixed(path, *file)).transpose(),
            })
            .collect()
    }

    fn make_fixed(&self, path: &str, file: FixedFile<'s>) -> Result<Made<'_>, PublishError> {
        let made = self.renderer.fixed(file, self.plan)?;
        self.refuse_strays(path, &made)?;
        Ok(made)
    }

    /// Makes the files of the first awards, so that a mistake in their templates is found before anything is written.
    fn try_awards(&self) -> Result<(), PublishError> {
        let is_withdrawn = |award: &&Award| self.site.revocations.contains_key(&award.id);
        let awards = || {
            self.plan.folders().filter_map(|folder| match folder {
                Folder::Award(award) => Some(award),
                Folder::Tombstone(..) => None,
            })
        };
        let good = awards().find(|award| !is_withdrawn(award));
        let withdrawn = awards().find(is_withdrawn);
        for award in good.into_iter().chain(withdrawn) {
            self.make_award(award)?;
        }
        Ok(())
    }

    fn write_fixed(
        &self,
        writer: &mut Writer,
        files: &[(&str, FixedFile<'s>)],
        made: Vec<Option<Made<'_>>>,
    ) -> Result<(), PublishError> {
        let owners = writer.announce(files.iter().map(|(path, _)| *path))?;
        let folder = writer.folder();
        let written: Vec<(Written, usize)> = files
            .par_iter()
            .zip(made)
            .zip(owners)
            .map_init(Vec::new, |scratch, (((path, file), made), owner)| {
                let bytes = match made {
                    Some(bytes) => bytes,
                    None => self.make_fixed(path, *file)?,
                };
                let written = folder.put((*path).to_owned(), &bytes, owner, scratch)?;
                Ok((written, bytes.len()))
            })
            .collect::<Result<_, PublishError>>()?;
        written.iter().try_for_each(|(file, bytes)| Ok(writer.note(file, *bytes)?))
    }

    fn write_awards(&self, writer: &mut Writer, window: &[Folder<'s>]) -> Result<(), PublishError> {
        let planned: Vec<Vec<Planned<'s>>> =
            window.par_iter().map(|folder| folder.files(self.site)).collect();
        let owners = writer.announce(planned.iter().flatten().map(|file| file.path.as_str()))?;
        let mut rest = owners.as_slice();
        let mut tasks = Vec::with_capacity(window.len());
        for (folder, files) in window.iter().zip(planned) {
            let (owners, others) = rest.split_at_checked(files.len()).unwrap_or_default();
            rest = others;
            tasks.push((*folder, files, owners));
        }
        let written: Vec<Vec<(Written, usize)>> = tasks
            .into_par_iter()
            .map_init(Vec::new, |scratch, (folder, files, owners)| {
                self.write_folder(writer.folder(), folder, files, owners, scratch)
            })
            .collect::<Result<_, PublishError>>()?;
        written.iter().flatten().try_for_each(|(file, bytes)| Ok(writer.note(file, *bytes)?))
    }

    fn write_folder(
        &self,
        out: &crate::write::Folder,
        folder: Folder<'s>,
        files: Vec<Planned<'s>>,
        owners: &[Owner],
        scratch: &mut Vec<u8>,
    ) -> Result<Vec<(Written, usize)>, PublishError> {
        let award = match folder {
            Folder::Award(award) => Some(self.make_award(award)?),
            Folder::Tombstone(..) => None,
        };
        files
            .into_iter()
            .zip(owners)
            .map(|(file, owner)| {
                let bytes: Made<'_> = match (file.recipe, &award) {
                    (Recipe::Award(award, AwardFile::Evidence(name)), _) => {
                        Cow::Owned(self.evidence(award, name)?)
                    }
                    (Recipe::Award(_, part), Some((made, sealed))) => {
                        award_part(made, sealed, part)
                    }
                    (Recipe::Tombstone(id, tombstone, part), _) => {
                        self.renderer.tombstone(id, tombstone, part)?
                    }
                    (Recipe::Fixed(fixed), _) => self.make_fixed(&file.path, fixed)?,
                    // A folder of an award was made above.
                    (Recipe::Award(..), None) => Cow::Borrowed(b""),
                };
                let written = out.put(file.path, &bytes, *owner, scratch)?;
                Ok((written, bytes.len()))
            })
            .collect()
    }

    /// The files of an award, and its sealed bytes.
    fn make_award(&self, award: &'s Award) -> Result<(AwardFiles<'_>, Vec<u8>), PublishError> {
        let file = Utf8Path::new(award.sealed.as_ref());
        let sealed = load::bytes(&self.site.root, file, load::SEALED_BYTES_MAX)
            .map_err(|error| PublishError::Read { file: file.to_owned(), error })?;
        let made = self.renderer.award(award, &sealed)?;
        for page in [&made.page, &made.frame] {
            self.refuse_strays(&crate::urls::award(award.id), page)?;
        }
        Ok((made, sealed))
    }

    fn evidence(&self, award: &Award, name: &str) -> Result<Vec<u8>, PublishError> {
        let file = Utf8PathBuf::from(format!("{EVIDENCE}/{}/{name}", award.id));
        load::bytes(&self.site.root, &file, load::EVIDENCE_BYTES_MAX)
            .map_err(|error| PublishError::Read { file, error })
    }

    fn refuse_strays(&self, path: &str, bytes: &[u8]) -> Result<(), PublishError> {
        match self.scanner.find(path, bytes) {
            Some(id) => Err(PublishError::Stray { path: path.to_owned(), id }),
            None => Ok(()),
        }
    }
}

fn award_part<'a>(made: &'a AwardFiles<'_>, sealed: &'a [u8], part: AwardFile<'_>) -> Made<'a> {
    Cow::Borrowed(match part {
        AwardFile::Page => &made.page,
        AwardFile::Assertion => &made.assertion,
        AwardFile::Credential => sealed,
        AwardFile::Picture(ImageForm::Png) => &made.png,
        AwardFile::Picture(ImageForm::Svg) => made.svg.as_deref().unwrap_or_default(),
        AwardFile::Frame => &made.frame,
        AwardFile::OEmbed => &made.oembed,
        // Copied from the repository by the caller.
        AwardFile::Evidence(_) => &[],
    })
}

fn step(progress: &mut Progress<'_>, done: usize, total: usize) -> Result<(), PublishError> {
    match progress(done, total) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(PublishError::Stopped),
    }
}

/// Why a site was not written, or not to its end.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PublishError {
    /// The site cannot be laid out.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// A file cannot be made.
    #[error(transparent)]
    Render(#[from] RenderError),
    /// A file cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// A file that `check` saw cannot be read.
    #[error("`{file}`: {error}")]
    Read {
        /// The file, relative to the repository.
        file: Utf8PathBuf,
        /// What stood in the way.
        error: ReadError,
    },
    /// A page names an award that is not listed.
    #[error("the page `/{path}` names the award `{id}`, which is not listed")]
    Stray {
        /// The page.
        path: String,
        /// The award.
        id: AwardId,
    },
    /// Somebody asked to stop.
    #[error("stopped")]
    Stopped,
}

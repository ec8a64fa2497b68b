//! What was typed. No logic: the commands decide, and the words of `--help` come from [`crate::words`].
//!
//! The doc comments below are for developers; a user reads the messages `cli-…` in French or English.

use camino::Utf8PathBuf;
use clap::{Args, Parser, Subcommand, ValueEnum};

/// The version and, when it is known, the commit. It is said here and enters no site.
pub const VERSION: &str = env!("ACCOLADE_VERSION");

/// The commit this program was built from; empty when nobody knows, as in a source archive.
pub const COMMIT: &str = env!("ACCOLADE_COMMIT");

/// `accolade`, with everything that was typed after it.
#[derive(Debug, Clone, Parser)]
#[command(name = "accolade", version = VERSION, disable_help_subcommand = true)]
pub struct Cli {
    /// What every command takes.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What every command takes.
#[derive(Debug, Clone, Args)]
pub struct Global {
    /// The folder of `accolade.yaml`; without it, the nearest one above the current folder.
    #[arg(long, global = true, value_name = "DIR")]
    pub repo: Option<Utf8PathBuf>,
    /// Sentences for people or JSON for programs; `check` also speaks to forges.
    #[arg(long, global = true, value_enum, default_value_t = Format::Human, value_name = "human|json")]
    pub format: Format,
    /// The language of the messages.
    #[arg(long, global = true, value_enum, value_name = "fr|en")]
    pub lang: Option<UiLang>,
    /// Only what was asked for and what is wrong.
    #[arg(long, short, global = true)]
    pub quiet: bool,
}

/// How a command answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Sentences.
    Human,
    /// JSON on standard output.
    Json,
    /// Workflow commands on standard output, which GitHub and Forgejo show beside the lines. For `check`.
    Github,
    /// A Code Quality report on standard output, which GitLab shows beside the lines. For `check`.
    Gitlab,
}

/// A language the command speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum UiLang {
    /// French.
    Fr,
    /// English.
    En,
}

/// One command.
#[derive(Debug, Clone, Subcommand)]
pub enum Command {
    /// Starts a repository.
    Init(Init),
    /// Makes a key pair for an issuer.
    Keygen(Keygen),
    /// Decides that someone receives a badge.
    Award(Box<Award>),
    /// Withdraws a badge.
    Revoke(Revoke),
    /// Erases an award for good.
    Forget(Forget),
    /// Signs again what a stolen key signed.
    Reseal(Reseal),
    /// Begins the next version of a class.
    Version(Version),
    /// Signs what waits.
    Seal(Seal),
    /// Reads everything and says what is wrong.
    Check(Check),
    /// Makes the site.
    Build(Build),
    /// Makes the site, shows it, and makes it again after every change.
    Serve(Serve),
    /// Puts records into a picture.
    Bake(Bake),
    /// Takes the records out of a picture.
    Extract(Extract),
    /// Puts a badge on paper, with a name.
    Certificate(Certificate),
    /// Says whether a badge is what it claims.
    Verify(Verify),
    /// Prints what a shell completes, for whoever installs or packages the program.
    #[command(hide = true)]
    Completions(Completions),
    /// Writes the manual pages, for whoever packages the program.
    #[command(hide = true)]
    Man(Man),
}

/// `accolade init`. The language of the association is `--lang`, which every command takes.
#[derive(Debug, Clone, Args)]
pub struct Init {
    /// The new folder.
    #[arg(value_name = "DIR")]
    pub dir: Utf8PathBuf,
    /// Where the site will be.
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// What the association calls itself.
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// Where the repository will live.
    #[arg(long, value_enum, value_name = "github|gitlab|forgejo")]
    pub forge: Option<ForgeName>,
    /// Whether strangers will read the repository.
    #[arg(long, value_enum, value_name = "public|private")]
    pub repository: Option<Readers>,
    /// Accepts an address below somebody else's domain.
    #[arg(long)]
    pub shared_host: bool,
    /// Asks nothing.
    #[arg(long)]
    pub yes: bool,
}

/// A forge, as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[expect(missing_docs, reason = "the names are the forges'")]
pub enum ForgeName {
    Github,
    Gitlab,
    Forgejo,
}

/// Who reads the repository, as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Readers {
    /// Strangers.
    Public,
    /// Its members.
    Private,
}

/// `accolade keygen`.
#[derive(Debug, Clone, Args)]
pub struct Keygen {
    /// Whose key.
    #[arg(long, value_name = "SLUG")]
    pub issuer: String,
    /// Where the private key goes; without it, the user's configuration folder.
    #[arg(long, value_name = "FILE")]
    pub out: Option<Utf8PathBuf>,
    /// The active key that introduces the new one, when it is not in its usual place.
    #[arg(long, value_name = "FILE")]
    pub key: Option<Utf8PathBuf>,
    /// Why no active key can introduce the new one.
    #[arg(long, value_name = "REASON")]
    pub recovery: Option<String>,
    /// A key that signs no more once the new one is there; may be repeated.
    #[arg(long, value_name = "KID")]
    pub retire: Vec<String>,
}

/// `accolade award`.
#[derive(Debug, Clone, Args)]
#[command(group(
    clap::ArgGroup::new("recipient")
        .required(true)
        .multiple(true)
        .args(["to", "did", "url", "no_recipient", "csv", "mail_merge"])
))]
pub struct Award {
    /// The class, by slug.
    #[arg(value_name = "CLASS")]
    pub class: String,
    /// A person, by address; only a salted hash is kept.
    #[arg(long, value_name = "EMAIL", conflicts_with_all = ["did", "url", "no_recipient"])]
    pub to: Option<String>,
    /// A person, by decentralised identifier.
    #[arg(long, value_name = "DID", conflicts_with_all = ["url", "no_recipient"])]
    pub did: Option<String>,
    /// An organisation, by address on the web.
    #[arg(long, value_name = "URL", conflicts_with = "no_recipient")]
    pub url: Option<String>,
    /// Nobody by name: whoever holds the link.
    #[arg(long)]
    pub no_recipient: bool,
    /// A sheet of people, one row each.
    #[arg(long, value_name = "FILE", conflicts_with_all = [
        "to", "did", "url", "name", "show", "evidence", "alt", "story", "renews",
    ])]
    pub csv: Option<Utf8PathBuf>,
    /// Where a message to each person is written; alone, to everybody who was not written to.
    #[arg(long, value_name = "DIR")]
    pub mail_merge: Option<Utf8PathBuf>,
    /// The person's name, hidden in the badge.
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// The person's name, shown on the page because they agreed.
    #[arg(long, value_name = "NAME")]
    pub show: Option<String>,
    /// Agrees that the hash of the address is public for ever.
    #[arg(long)]
    pub public_hash: bool,
    /// When it was decided.
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
    /// When it ends.
    #[arg(long, value_name = "DATE")]
    pub expires: Option<String>,
    /// A file or an address that shows what was done; may be repeated.
    #[arg(long, value_name = "FILE|URL")]
    pub evidence: Vec<String>,
    /// What the picture of a file shows; the first is for the first file.
    #[arg(long, value_name = "TEXT")]
    pub alt: Vec<String>,
    /// What was seen, in a few sentences; may be repeated.
    #[arg(long, value_name = "TEXT")]
    pub story: Vec<String>,
    /// The level, when the class has a scale.
    #[arg(long, value_name = "N")]
    pub level: Option<u8>,
    /// The award this one follows.
    #[arg(long, value_name = "ID")]
    pub renews: Option<String>,
    /// The criteria items that were met; may be repeated.
    #[arg(long, value_name = "ITEM")]
    pub met: Vec<String>,
    /// The office held, for roles.
    #[arg(long, value_name = "TEXT")]
    pub role: Option<String>,
    /// Why a level is awarded although an earlier one is wanted first.
    #[arg(long = "override", value_name = "REASON")]
    pub override_reason: Option<String>,
    /// The language of the badge.
    #[arg(long = "in", value_name = "LANG")]
    pub language: Option<String>,
    /// Who sees it.
    #[arg(long, value_enum, value_name = "listed|unlisted|private")]
    pub visibility: Option<Visible>,
    /// The private key, when it is not in its usual place.
    #[arg(long, value_name = "FILE")]
    pub key: Option<Utf8PathBuf>,
    /// Shows what would be written.
    #[arg(long)]
    pub dry_run: bool,
}

/// Who sees an award, as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Visible {
    /// Everyone, from the lists of the site.
    Listed,
    /// Those who have the link.
    Unlisted,
    /// Nobody: a bit in the status list is all.
    Private,
}

/// `accolade revoke`.
#[derive(Debug, Clone, Args)]
pub struct Revoke {
    /// The award, by id or by address.
    #[arg(value_name = "ID|URL")]
    pub award: String,
    /// A neutral public reason.
    #[arg(long, value_name = "CODE")]
    pub reason: Option<String>,
    /// The award that takes its place.
    #[arg(long, value_name = "ID")]
    pub replaced_by: Option<String>,
    /// Since when.
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
    /// The private key, when it is not in its usual place.
    #[arg(long, value_name = "FILE")]
    pub key: Option<Utf8PathBuf>,
}

/// `accolade certificate`.
#[derive(Debug, Clone, Args)]
pub struct Certificate {
    /// The award, by id or by address.
    #[arg(value_name = "ID|URL")]
    pub award: String,
    /// The name to put on it.
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// The PDF to write.
    #[arg(long, short, value_name = "FILE")]
    pub out: Option<Utf8PathBuf>,
}

/// `accolade forget`.
#[derive(Debug, Clone, Args)]
pub struct Forget {
    /// The award, by id or by address.
    #[arg(value_name = "ID|URL")]
    pub award: String,
    /// Does not ask.
    #[arg(long)]
    pub yes: bool,
    /// Lists what would be deleted.
    #[arg(long)]
    pub dry_run: bool,
    /// The private key, when it is not in its usual place.
    #[arg(long, value_name = "FILE")]
    pub key: Option<Utf8PathBuf>,
}

/// `accolade reseal`.
#[derive(Debug, Clone, Args)]
pub struct Reseal {
    /// The stolen key, by its name in `keys/`.
    #[arg(long, value_name = "KID")]
    pub key: String,
    /// Whose key, when several issuers have one of that name.
    #[arg(long, value_name = "SLUG")]
    pub issuer: Option<String>,
    /// Why the key does not count any more.
    #[arg(long, value_name = "REASON")]
    pub reason: Option<String>,
    /// The private key that signs instead, when it is not in its usual place.
    #[arg(long, value_name = "FILE")]
    pub with: Option<Utf8PathBuf>,
    /// Does not ask.
    #[arg(long)]
    pub yes: bool,
    /// Lists what would be signed again.
    #[arg(long)]
    pub dry_run: bool,
}

/// `accolade version`.
#[derive(Debug, Clone, Args)]
pub struct Version {
    /// The class, by slug.
    #[arg(value_name = "CLASS")]
    pub class: String,
}

/// `accolade seal`.
#[derive(Debug, Clone, Args)]
pub struct Seal {
    /// The private key, when it is not in its usual place.
    #[arg(long, value_name = "FILE")]
    pub key: Option<Utf8PathBuf>,
}

/// `accolade check`.
#[derive(Debug, Clone, Args)]
pub struct Check {
    /// The revision that was published, to compare with.
    #[arg(long, value_name = "REV")]
    pub against: Option<String>,
}

/// `accolade build`.
#[derive(Debug, Clone, Args)]
pub struct Build {
    /// Where the site goes.
    #[arg(long, value_name = "DIR")]
    pub out: Option<Utf8PathBuf>,
    /// Lists what would be written.
    #[arg(long)]
    pub dry_run: bool,
}

/// `accolade serve`.
#[derive(Debug, Clone, Args)]
pub struct Serve {
    /// The port on this machine.
    #[arg(long, value_name = "N", default_value_t = 8000)]
    pub port: u16,
    /// Where the site goes.
    #[arg(long, value_name = "DIR")]
    pub out: Option<Utf8PathBuf>,
}

/// `accolade bake`.
#[derive(Debug, Clone, Args)]
pub struct Bake {
    /// A PNG or an SVG.
    #[arg(value_name = "IMAGE")]
    pub image: Utf8PathBuf,
    /// Records: an Open Badges 2.0 assertion, an Open Badges 3.0 credential, or one of each.
    #[arg(value_name = "CREDENTIAL", required = true, num_args = 1..=2)]
    pub credentials: Vec<Utf8PathBuf>,
    /// Where the baked picture goes.
    #[arg(long, short, value_name = "FILE")]
    pub out: Option<Utf8PathBuf>,
}

/// `accolade extract`.
#[derive(Debug, Clone, Args)]
pub struct Extract {
    /// A PNG or an SVG.
    #[arg(value_name = "IMAGE")]
    pub image: Utf8PathBuf,
}

/// `accolade verify`.
#[derive(Debug, Clone, Default, Args)]
#[command(group(clap::ArgGroup::new("given").required(true).args(["input", "list", "csv"])))]
pub struct Verify {
    /// A picture, a JSON or JWT file, the address of a badge, or `-`.
    #[arg(value_name = "INPUT")]
    pub input: Option<String>,
    /// Many at once: a file with one input a line.
    #[arg(long, value_name = "FILE")]
    pub list: Option<Utf8PathBuf>,
    /// Many at once: a table with a column of badges.
    #[arg(long, value_name = "FILE")]
    pub csv: Option<Utf8PathBuf>,
    /// The column of badges, by title or number.
    #[arg(long, value_name = "NAME|N", requires = "csv", conflicts_with_all = ["input", "list"])]
    pub column: Option<String>,
    /// The column that says whose each badge is, by title or number.
    #[arg(long, value_name = "NAME|N", requires = "csv", conflicts_with_all = ["input", "list"])]
    pub recipient_column: Option<String>,
    /// The address of the person who shows the badge.
    #[arg(long, value_name = "EMAIL|DID|URL")]
    pub recipient: Option<String>,
    /// A JSON file that says which file stands in for which address.
    #[arg(long, value_name = "MAP")]
    pub documents: Option<Utf8PathBuf>,
    /// A built site that stands in for its address.
    #[arg(long, value_name = "DIR")]
    pub site: Option<Utf8PathBuf>,
    /// Asks nobody.
    #[arg(long)]
    pub offline: bool,
    /// The moment to judge by.
    #[arg(long, value_name = "TIME")]
    pub now: Option<String>,
    /// The whole report, as JSON.
    #[arg(long)]
    pub json: bool,
}

/// `accolade completions`.
#[derive(Debug, Clone, Args)]
pub struct Completions {
    /// Which shell.
    #[arg(value_enum, value_name = "SHELL")]
    pub shell: clap_complete::Shell,
}

/// `accolade man`.
#[derive(Debug, Clone, Args)]
pub struct Man {
    /// Where the pages go.
    #[arg(value_name = "DIR")]
    pub dir: Utf8PathBuf,
}

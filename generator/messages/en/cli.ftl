# The words of `--help` and of usage errors. One message per command, one attribute per argument.

cli-complaint = error: { $text }
cli-warning = warning: { $text }
cli-heading-usage = Usage:
cli-heading-commands = Commands
cli-heading-arguments = Arguments
cli-heading-options = Options
cli-heading-global = With every command
cli-value-command = COMMAND

cli-global = The options of every command
    .repo = The folder that holds accolade.yaml [without it: the nearest one above]
    .format = Sentences for people (human) or JSON for programs (json); with `check`, remarks beside the lines of a pull request (github, for Forgejo too; gitlab) [human]
    .lang = The language of the messages [without it: your system's, else French]
    .quiet = Say only what was asked for and what is wrong
    .help = Show this help
    .version = Show the version

cli-accolade = Publish Open Badges with a git commit
    .long =
        You write badges as small text files and commit them. Accolade signs the awards, and makes a site that any
        static host can serve. Every badge works in Open Badges 2.0 bags and in Open Badges 3.0 wallets.

        Exit codes: 0 done · 1 the answer is no · 2 wrong usage · 3 could not be decided.
    .examples =
        A first round:
          accolade keygen --issuer my-club        a key pair: the secret half stays on this machine
          accolade award volunteer --to a@b.example
          accolade seal                           signs what waits
          accolade serve                          shows the site on http://127.0.0.1:8000

        `accolade award --help` says more about one command.

cli-init = Start the repository of an association
    .long =
        Writes a complete repository: the issuer, a first badge, the pages, the jobs of the forge and a README, in the
        language of the association. It also makes the key, outside the repository, and a first commit. What is not said
        as an option is asked. A folder that is not empty is refused. --lang is the association's language, too.
    .examples =
        Examples:
          accolade init badges
          accolade init badges --name "Marsh Club" --base-url https://badges.marsh-club.example --yes
          accolade init badges --name "Marsh Club" --base-url https://badges.marsh-club.example \
            --lang en --forge forgejo --repository private
    .dir = The new folder
    .base-url = The address of the site, under a domain of your own; it can never change
    .name = What the association is called
    .forge = The forge: github, gitlab or forgejo [with --yes: github]
    .repository = public: strangers can read everything in it; private: they cannot [with --yes: public]
    .shared-host = Accept an address at somebody else's (github.io, gitlab.io, codeberg.page …)
    .yes = Ask nothing, and take what is usual

cli-keygen = Make a key pair for an issuer
    .long =
        The public key goes into badges/issuers/SLUG/keys/ and is committed. The private key stays outside the
        repository, readable by you alone: whoever holds it can award badges in the issuer's name.
    .examples =
        Examples:
          accolade keygen --issuer my-club
          accolade keygen --issuer my-club --out /media/usb/my-club.key
          accolade keygen --issuer my-club --retire k1       a new key, introduced by k1, which signs no more
          accolade keygen --issuer my-club --recovery lost   nobody has the old one any more

        For continuous integration, put the key into the secret ACCOLADE_KEY, or its path into ACCOLADE_KEY_FILE.
    .issuer = The issuer's folder name below badges/issuers/
    .out = Where the private key goes [your configuration folder]
    .key = The active key that introduces the new one, when it is not in its usual place
    .recovery = Why no active key can introduce the new one: lost, stolen … This reason is public
    .retire = A key that signs no more, such as k1; what it signed stays good. May be repeated

cli-award = Award a badge to a person, an organisation or a link
    .long =
        Writes one small file below badges/assertions/. With a key at hand, on the publishing branch, the award is
        signed at once; elsewhere it waits for `accolade seal`.

        An address is never written down. A badge for an address holds a salted hash of it, which still is personal
        data: in a public repository that wants --public-hash.
    .examples =
        Examples:
          accolade award volunteer --to alize@example.org --public-hash
          accolade award volunteer --no-recipient --evidence photo.jpg
          accolade award learning-place --url https://fablab.example
          accolade award sol-vivant --level 2 --no-recipient --date 2026-03-12 --dry-run
          accolade award volunteer --csv ../trainees.csv --dry-run
          accolade award volunteer --csv ../trainees.csv --mail-merge ../messages
    .class = The badge's folder name below badges/classes/
    .to = A person, by e-mail address; only a salted hash is kept
    .did = A person, by decentralised identifier (did:key:…, did:web:…)
    .url = An organisation, by its address on the web
    .no-recipient = Nobody by name: the badge belongs to whoever holds its link
    .csv = A sheet of people, one a row (CSV, as the spreadsheet program saves it); nothing is written while a row is wrong
    .mail-merge = The folder for one message a person; alone, to all who had none
    .name = The person's name, hidden in the badge; only the private link carries it
    .show = The person's name, shown on the page because they agreed; the day of the consent is noted
    .public-hash = Agree that the hash of the address stays public for ever
    .date = The day of the decision [now]
    .expires = The day it ends [as the badge says]
    .evidence = A file or an address that shows what was done; may be repeated
    .alt = What the picture of a file shows, for those who do not see it; the first is for the first file
    .story = What was seen, in a few sentences; may be repeated
    .level = The level, when the badge has a scale
    .renews = The id of the award this one follows
    .met = The id of a criterion that was met; may be repeated
    .role = The office held, for badges of a role
    .override-reason = Why the level that the badge wants first is not needed; kept in the register
    .language = The language of the badge's texts [the site's first]
    .visibility = Who sees it [as accolade.yaml says]
    .key = The private key, when it is not in its usual place
    .dry-run = Show what would be written, and write nothing

cli-revoke = Withdraw a badge
    .long =
        Writes badges/revocations/ID.yaml and, with a key at hand, signs the new list of withdrawn badges. The page
        stays and says that the badge was withdrawn; the picture no longer carries it. A reason is public: leave it
        out unless the person should read it there.
    .examples =
        Examples:
          accolade revoke 4pcsd4pmr4tr1tkr2m0a8r7g8w
          accolade revoke https://badges.example.org/a/4pcsd4pmr4tr1tkr2m0a8r7g8w/ --reason error

        Reasons: error superseded holder-request criteria-not-met term-ended other
    .award = The award's id, or the address of its page
    .reason = A neutral public reason [none]
    .replaced-by = The id of the award that takes its place
    .date = Since when [today]
    .key = The private key, when it is not in its usual place

cli-forget = Erase an award for good
    .long =
        Erases the event, the signed file, the evidence, the entry of the register, the withdrawal and the endorsements of
        an award. A tombstone stays, badges/tombstones/ID.yaml: a date and a place in the list of withdrawn badges. Its
        addresses show a neutral page. The command then says how to take out of the history of git what is left there, and
        what nobody can take back. When it was interrupted, run it again.

        For a badge given by mistake `accolade revoke` is enough: the person keeps a trace. `forget` is for who asks to
        disappear.
    .examples =
        Examples:
          accolade forget 4pcsd4pmr4tr1tkr2m0a8r7g8w --dry-run
          accolade forget https://badges.example.org/a/4pcsd4pmr4tr1tkr2m0a8r7g8w/
    .award = The id of the award, or the address of its page
    .yes = Erase without asking
    .dry-run = List what would be erased, and erase nothing
    .key = The private key, when it is not in its usual place

cli-reseal = After a theft, sign again what the stolen key signed
    .long =
        Declares the key compromised: from then on nothing it signed counts, whatever its date. Then signs again, with
        another active key, every badge of the repository that the stolen key signed: the same words, the same address,
        the same date of award. The old bytes stay in badges/superseded/. A withdrawn badge is not signed again.

        First make another key with `accolade keygen --recovery`. Compare the list with your papers: whoever had the key
        may have added badges to the repository. A false one is erased with `accolade forget` before you sign. Then
        everybody fetches their picture or file again at the address of their badge. When the command was interrupted,
        run it again.
    .examples =
        Examples:
          accolade keygen --issuer my-club --recovery stolen
          accolade reseal --key k1 --reason stolen --dry-run
          accolade reseal --key k1 --reason stolen
    .key = The stolen key, by its name below keys/: k1, k2 …
    .issuer = Whose key it is, when several issuers have one of that name
    .reason = Why it does not count any more: stolen … This reason is public; not needed once the key is declared
    .with = The private key that signs instead, when it is not in its usual place
    .yes = Sign without asking
    .dry-run = List everything that would be signed again, and write nothing

cli-version = Begin the next version of a badge
    .long =
        A badge that was awarded does not change: whoever has it keeps its text and its picture. This command writes the
        next number into badges/classes/CLASS/badge.yaml. The text, the criteria and the picture go on as they stand, with
        what you have changed already, and may change until the first award of the new version.
    .examples =
        Example:
          accolade version welcome
    .class = The folder name of the badge, below badges/classes/

cli-seal = Sign what waits: awards and lists of withdrawn badges
    .long =
        Signs every award that has no signature yet, fixes the text and the picture of the badge it names, and signs
        the lists of withdrawn badges that changed. Run again, it changes nothing. Only the publishing branch is
        sealed: other branches hold decisions, and git merges them without conflict.
    .examples =
        Examples:
          accolade seal
          accolade seal --key /media/usb/my-club.key
    .key = The private key, when it is not in its usual place

cli-check = Read everything and say what is wrong
    .long =
        Reads badges/, site-content/ and the theme, and lists everything that is wrong, each with its file, its line
        and a way to mend it. Nothing is written. Exit code 1 when something is wrong.

        In a git repository, what is committed is compared, too: a signed file neither changes nor vanishes in
        silence. `--against REV` compares with what is published, on a pull request for instance; what REV was given
        since the two parted is not missing.
    .against = The published revision to compare with [what is committed]
    .examples =
        Examples:
          accolade check
          accolade check --against origin/main
          accolade check --format json
          accolade check --format github          for the log of GitHub or Forgejo
          accolade check --format gitlab > gl-code-quality-report.json

cli-build = Make the site
    .long =
        Makes the whole site from the repository alone: no key, no clock, no network. The same commit gives the same
        bytes on any machine; the last line is the site's digest. Files that did not change are not touched, files
        that are no longer wanted are removed, and files that Accolade did not write are left alone.
    .examples =
        Examples:
          accolade build
          accolade build --out /srv/www/badges
          accolade build --dry-run                lists every path of the site
    .out = Where the site goes [public]
    .dry-run = List what would be written, and write nothing

cli-serve = Make the site, show it, and make it again after every change
    .long =
        Serves the site on this machine only, with the types a good static host would send. A change below badges/,
        site-content/ or themes/ makes the site again, and open pages reload. While something is wrong, the last
        good site stays. Ctrl-C ends it.
    .examples =
        Examples:
          accolade serve
          accolade serve --port 8080
    .port = The port [8000]
    .out = Where the site goes [public]

cli-bake = Put records into a picture
    .long =
        Puts an Open Badges 2.0 assertion, an Open Badges 3.0 credential, or one of each into a PNG or an SVG. No other
        byte of the picture changes; a record of the same generation is replaced.
    .examples =
        Examples:
          accolade bake badge.png credential.json --out baked.png
          accolade bake badge.svg assertion.json credential.json --out baked.svg
    .image = A PNG or an SVG
    .credentials = The records, as JSON or compact JWS files: at most one of each generation
    .out = Where the baked picture goes [IMAGE with `-baked` in its name]

cli-extract = Take the records out of a picture
    .long =
        Shows the Open Badges 2.0 and 3.0 records of a PNG or an SVG, exactly as they are in it. It says nothing about
        whether they are true: that is `accolade verify`.
    .examples =
        Examples:
          accolade extract badge.png
          accolade extract badge.png --format json
          accolade extract - < badge.png          reads standard input
    .image = A PNG or an SVG

cli-certificate = Put a badge on paper, with a name
    .long =
        Writes a PDF of one A4 page: the picture, the name, the issuer's domain, the dates, a QR code and the address where
        the badge is checked. It can be read with a screen reader and carries the signed file as an attachment. The name is
        written into this PDF and nowhere else. When the badge hides a name and the register is here, the two are compared.

        With --lang, the words of the PDF are in that language; otherwise in the badge's.
    .examples =
        Examples:
          accolade certificate 4pcsd4pmr4tr1tkr2m0a8r7g8w --name "Alizée Canular"
          accolade certificate https://badges.example.org/a/4pcsd4pmr4tr1tkr2m0a8r7g8w/ --name "Zoé" --out zoe.pdf
    .award = The award, by its id or by the address of its page
    .name = The name to write [the one in the register]
    .out = The PDF to write [ID.pdf, here]

cli-verify = Say whether a badge is what it claims
    .long =
        Answers five questions: was it really issued by this domain? is it unaltered? is it in date? does its issuer still
        stand by it? is it this person's? The documents it depends on are read on the web; what could not be looked at is
        called unknown: never good, never false.

        What follows “#” in a person's private link (their name and a code) answers the fifth question; it is never sent.

        Exit codes: 0 valid · 1 not valid · 3 could not be decided. With a list or a table: 1 if one is not valid, else 3 if
        one is undecided.
    .examples =
        Examples:
          accolade verify https://badges.example/a/ID/
          accolade verify badge.png --recipient alize@example.org
          accolade verify public/a/ID/credential.json --site public --offline
          accolade verify badge.png --documents documents.json --now 2026-09-01T09:00:00Z
          accolade verify --csv applications.csv --recipient-column email > verified.csv
    .input = A PNG or SVG picture, a JSON or JWT file, the address of a badge or of its page, or - (standard input)
    .list = Many at once: one badge a line, one JSON answer a line; # begins a comment
    .csv = Many at once: a table, given back as it is with the answers in new columns
    .column = With --csv: the column of badges, by title or number [the one with addresses]
    .recipient-column = With --csv: the column that says whose each badge is
    .recipient = The address of the person who shows the badge
    .documents = A JSON file that names, for addresses, the files that stand in for them
    .site = A built site that stands in for its address
    .offline = Ask nobody: what is not at hand is unknown
    .now = The moment to judge by [now]
    .json = The whole report, as JSON

cli-completions = Print what a shell completes
    .long =
        For whoever installs or packages Accolade: put it where your shell looks for completions. Its words are in the
        language of the messages.
    .examples =
        Examples:
          accolade completions bash > ~/.local/share/bash-completion/completions/accolade
          accolade completions zsh > "${ "{" }fpath[1]{ "}" }/_accolade"
          accolade completions fish > ~/.config/fish/completions/accolade.fish
    .shell = bash, zsh, fish, elvish or powershell

cli-man = Write the manual pages
    .long = For whoever packages Accolade: one page for each command, in the language of the messages.
    .examples =
        Examples:
          accolade man --lang en /usr/share/man/man1
          man -l accolade-award.1
    .dir = Where the pages go

cli-repo-none = there is no accolade.yaml here or above; go to the folder of your badges, or name it with --repo
cli-repo-not-one = `{ $folder }` holds no accolade.yaml; --repo names the folder of your badges, seen from the current folder

cli-format-of-check = --format github and --format gitlab go with `accolade check` alone

cli-wrong-command = { $argument } is not a command{ $hint }
cli-wrong-option = { $argument } is not an option here{ $hint }
cli-wrong-extra = { $argument } is one too many here
cli-wrong-value = { $value } does not fit { $argument }{ $hint }
cli-wrong-missing = { $argument } is missing
cli-wrong-no-value = a value is missing after { $argument }
cli-wrong-together = { $argument } and { $value } cannot be used together
cli-wrong-count = { $argument } was given too often or not often enough
cli-wrong-no-command = what is to be done? A command is missing: init, keygen, award, revoke, forget, reseal, version, seal, check, build, serve, bake, extract, certificate or verify
cli-wrong-other = the arguments cannot be read
cli-wrong-known = ; known: { $known }
cli-wrong-meant = ; did you mean { $known }?
cli-wrong-or = { " " }or{ " " }
cli-wrong-help = `{ $help }` shows how it is done

cli-standard-input-name = standard input
cli-standard-input = standard input cannot be read: { $reason }
cli-file-unreadable = `{ $file }` cannot be read: { $reason }
cli-file-unwritable = `{ $file }` cannot be written: { $reason }

bake-record = `{ $file }` cannot go into a picture: { $reason }
bake-unknown = `{ $file }` is neither an Open Badges 2.0 assertion nor an Open Badges 3.0 credential; give a file such as assertion.json or credential.json
bake-two = two records of the same generation ({ $generation }): a picture carries one of each
bake-image = { $file }: { $reason }
bake-over-input = the baked picture is made from `{ $out }`; choose another name with --out
bake-exists = `{ $out }` exists already; give another name with --out, or this one to replace it
bake-done = baked: { $out }

extract-nothing = { $file } carries no record
extract-found = { $generation ->
        [openBadges2] Open Badges 2.0:
       *[openBadges3] Open Badges 3.0:
    }
extract-unreadable = { $generation ->
        [openBadges2] what the picture carries for Open Badges 2.0 cannot be used: { $reason }
       *[openBadges3] what the picture carries for Open Badges 3.0 cannot be used: { $reason }
    }

decimal-sign = .
build-progress = writing
build-done = { $out }: { $files ->
        [one] one file
       *[other] { $files } files
    } ({ $megabytes } MB); { $created } new, { $changed } changed, { $pruned } removed
build-former = { $address }: publish { $out } there ({ $files ->
        [one] one file
       *[other] { $files } files
    }), as long as you have that address: what was signed there names it, and cannot be verified without
build-unreadable = the repository cannot be read: { $reason }
build-render = { $reason }
build-stopped = stopped; the next build finishes what this one began
build-stray = the page /{ $path } names the award { $id }, which is not listed: whoever reads the page would find it. Take the link out, or list the award
build-path-twice = two files of the site want the address /{ $path }; rename one of them
build-path-folder = /{ $path } is wanted as a file and as a folder; rename one of them
build-path-letters = /{ $path } may use letters without accents, digits, “.”, “_” and “-” only
build-path-awards = /{ $path } is below /a/, where only awards are published
build-out-sources = `{ $folder }` holds the sources of the site; choose another folder with --out
build-out-not-ours = `{ $folder }` has files that no build of this repository wrote; empty it, or choose another folder with --out
build-out-stranger = `{ $file }` was not written by a build, and the site wants another file there; move it away
build-out-name = the path of `{ $folder }` is not Unicode text
build-out-busy = another build is writing `{ $folder }`; wait for it to end
build-out-refused = the site cannot be written: { $reason }

history-unasked = the history could not be asked ({ $reason }): nobody knows whether a published badge is missing
history-refused = { $reason }
history-no-git = the program `git` was not found; install it, or see that the terminal finds it
history-no-repository = this folder is no git repository
history-unknown = git knows no revision `{ $revision }`; `git fetch` may bring it, and `git branch --all` shows the branches
history-shallow = this clone knows a part of the history only, and not what is needed to compare with `{ $revision }`; `git fetch --unshallow` brings the rest (in CI: `fetch-depth: 0`, or `GIT_DEPTH: 0`)
history-git-says = git says: { $reason }

serve-ready = { $address } – Ctrl-C to stop
serve-stopped = stopped
serve-last-good = the last good site stays until this is mended
serve-port-taken = port { $port } is taken by another program; choose another one with --port
serve-no-port = port { $port } cannot be opened: { $reason }; choose another one with --port
serve-refused = the site cannot be served: { $reason }
serve-watch = changes will not be seen ({ $reason }); the site is served as it is, run the command again to make it anew

# What `accolade check` says: one message per code. `.label` stands below the excerpt, `.help` says what to do, and
# `.why` is the paragraph of docs/diagnostics.md.

severity-error = error
severity-warning = warning
severity-help = help
did-you-mean = did you mean `{ $suggestion }`?
diagnostics-count =
    { $errors ->
        [0] no error
        [one] one error
       *[other] { $errors } errors
    }, { $warnings ->
        [0] no warning
        [one] one warning
       *[other] { $warnings } warnings
    }{ $files ->
        [0] {""}
        [one] , in one file
       *[other] , in { $files } files
    }
diagnostics-left-out =
    { $count ->
        [one] one more is not shown
       *[other] { $count } more are not shown
    }

## Files

file-missing = the file `{ $file }` does not exist
    .help = write it, or take away what needs it
    .why = Some files must be there: an issuer has an `issuer.yaml`, a class has a `badge.yaml` and a `criteria.md` in the default language, a frozen version has its `image.png`.
file-unreadable = the file cannot be read: { $reason }
    .help = look at its permissions
    .why = The system refuses to open the file, or something in the repository names a path outside of it.
file-too-big = the file is larger than { $most } kB
    .help = shorten it or split it
    .why = Every file has a bound, so that a mistake or a stranger’s pull request cannot fill the machine that builds the site.
file-not-utf8 = the file is not UTF-8 text, from byte { $offset } on
    .help = save it again with the encoding UTF-8
    .why = Text files are UTF-8. Older editors on Windows may save accents in another encoding.
file-is-link = the file is a symbolic link, and links are not followed
    .help = put the file itself here
    .why = A link could lead out of the repository, and some systems turn it into a text file. What is published must be in the tree.
file-name = the name `{ $name }` cannot be part of an address
    .help = use small letters, digits and single hyphens, such as `accueil-benevole`
    .why = Names of folders and pages become parts of addresses that are signed and printed, so they keep to characters that every program reads alike. The number of a frozen version is its folder’s whole name.
file-case = capital and small letters alone tell this name from `{ $other }`
    .help = rename one of the two
    .why = On Windows and macOS these two names are one: a copy of the repository there would lose one of the files, and some hosts would serve one in place of the other.
file-unused = nothing reads the file `{ $name }`
    .help = correct its name or its place, or delete it
    .why = A misspelt name would be left out of the site in silence. `README` and `LICENSE` files may stand anywhere.

## YAML

yaml-broken =
    { $problem ->
        [tab] a tab indents this line, and YAML wants spaces
        [bracket] this bracket or brace is not closed, or closed by another
        [quote] this quote is not closed, or something follows it
        [escape] this escape is not one that YAML knows
        [indentation] this line begins at a column that fits nothing above
        [key] this key lacks a colon and a space behind it
        [colon] this text holds a colon, and YAML takes what stands before it for a key
       *[other] the text is not YAML from here on
    }
    .help =
        { $problem ->
            [tab] replace the tab by spaces
            [quote] close the quote on the same line, or write the text without quotes
            [escape] write the text in single quotes, where a backslash is only a backslash
            [key] write `key: value`; a text of several lines stands in quotes
            [colon] write the text in quotes: "like: this"
           *[other] compare with the lines above: the same depth has the same number of spaces
        }
    .why = The file cannot be read as YAML. Nothing else in it is checked before this is mended.
yaml-unsupported =
    { $problem ->
        [alias] anchors, aliases and merge keys are not used here
        [tag] tags and directives are not used here
        [second-document] a second document begins here
        [complex-key] a key must be a text
       *[too-deep] maps and lists are nested too deep here
    }
    .help =
        { $problem ->
            [alias] write the value out; a text that begins with `&` or `*` stands in quotes
            [tag] take it away; a text that begins with `!` or `%` stands in quotes
            [second-document] one file is one document: delete the line `---`
           *[other] write it as the formats show
        }
    .why = Our files use a small part of YAML: one file says one thing, in one place, and cannot grow while it is read.
yaml-duplicate-key = the key `{ $key }` stands here a second time
    .help = keep one of the two
    .why = Two readers could take two different values, so one key stands once in a map.

## Keys and values

unknown-key = the key `{ $key }` is not known here
    .label = unknown key
    .help = known here: { $known }
    .why = A misspelt key would be left out in silence, so unknown keys are errors.
missing-key = the key `{ $key }` is missing
    .label = `{ $key }` belongs beside this
    .help = add a line `{ $key }: …`
    .why = Some keys must be there. The formats say which.
wrong-type =
    { $wanted ->
        [map] a map of keys and values is wanted here
        [list] a list is wanted here
       *[text] a text is wanted here
    }
    .label =
        { $found ->
            [map] this is a map
            [list] this is a list
            [nothing] nothing is written
           *[text] this is a text
        }
    .help =
        { $wanted ->
            [map] write the keys on lines below, or as {"{"} key: value {"}"}
            [list] write [one, two], or a line with a dash for each
           *[text] write a word or a sentence; take the key away when there is nothing to say
        }
    .why = A list stands where a text should be, or the reverse, or nothing is written behind the colon.
unknown-value = `{ $value }` is not one of the words that are known here
    .help = known here: { $known }
    .why = The value is one word of a closed list.
list-empty = the list is empty
    .help = name one thing at least, or take the key away
    .why = Some lists make no sense without a single thing in them: the languages of a site, the items of a rule.
number-range = `{ $value }` is not a whole number from { $least } to { $most }
    .help = write digits only
    .why = Numbers such as a version, a level or a place in the menu are whole and have a range.
text-length =
    { $length ->
        [0] the text is empty
       *[other] the text has { $length } characters, and { $most } are allowed
    }
    .help =
        { $length ->
            [0] say something, or take it away
           *[other] keep it short; long prose belongs in a Markdown file
        }
    .why = A text that is there says something, and stays short enough to be shown.
slug-form = `{ $value }` cannot be a short name
    .help = use small letters, digits and single hyphens, at most 64, such as `accueil-benevole`
    .why = Short names become file names and parts of addresses.
address-form = `{ $value }` is not an address
    .help = write it in full, with `https://`
    .why = Addresses are absolute, because badges are read far from the site.
email-form = `{ $value }` is not a mail address
    .help = write one address, such as `bonjour@estran.example`
    .why = Open Badges 2.0 demands a public address of the issuer.
date-form =
    { $problem ->
        [calendar] `{ $value }` is not a day of the calendar
       *[form] `{ $value }` is not a date
    }
    .help =
        { $problem ->
            [calendar] count the days of that month; a date is written year, month, day
           *[form] write a day such as `2026-03-12`, or a moment with its zone such as `2026-03-12T09:00:00Z`
        }
    .why = A bare day begins at 00:00:00Z; a bare `expires` ends at 23:59:59Z of its day. A time without a zone would mean something else in another place.
duration-form = `{ $value }` is not a duration
    .help = write years, months, weeks or days, such as `P3Y`, `P18M` or `P90D`
    .why = Durations are written as ISO 8601 writes them, in whole days or more.
award-id-form = `{ $value }` is not the id of an award
    .help = an id has 26 of the characters `0-9` and `a-z` without `i`, `l`, `o`, `u`; let `accolade award` make it
    .why = Ids are 128 random bits and have one spelling. A file below `assertions`, `revocations` or `tombstones` is named after one.
language-form = `{ $value }` is not the tag of a language
    .help = write it as `fr`, `en-GB` or `zh-Hant`: case matters
    .why = Open Badges 3.0 checks the case of language tags.
unknown-language = the site does not have the language `{ $value }`
    .help = its languages are { $known }; more can be added in `accolade.yaml`
    .why = Texts and files are written in the languages that `accolade.yaml` lists.
language-missing = the text is not there in the default language, `{ $lang }`
    .help = add it in `{ $lang }`
    .why = Every text exists in the default language, because other languages fall back to it.
translation-missing = the text is not there in `{ $lang }`
    .help = add it in `{ $lang }`, or leave it: readers see the default language
    .why = The page exists in this language and shows this text in another.

## accolade.yaml

base-url-form =
    { $problem ->
        [not-https] `{ $value }` does not begin with `https://`
        [final-slash] `{ $value }` ends with a slash
        [port-or-user] `{ $value }` names a port or a user
        [host] `{ $value }` does not name a host in small letters
       *[path] the path in `{ $value }` has a character that some validators refuse
    }
    .help = write it as `https://badges.example.org` or `https://example.org/badges`
    .why = The address of the site is part of every id it signs, so it keeps to the form that every validator can fetch.
base-url-abandoned =
    { $awards ->
        [one] { $awards } award was sealed under { $base }, which nothing here names any more
       *[other] { $awards } awards were sealed under { $base }, which nothing here names any more
    }
    .help = add `former_base_urls: [{ $base }]`, or put the old address back
    .why = The address of the site is signed into every badge and cannot be changed there. A site that moves keeps the old address in `former_base_urls`: `accolade build` makes its files too, to be served over there.
format-version = the files are written for version `{ $value }` of the formats, and this program reads version { $version }
    .help = write `version: { $version }`, or take the program that reads the other
    .why = The version lets an old program say that it is too old, instead of misreading a new file.
unknown-theme = there is no theme `{ $theme }`
    .help = make the folder `themes/{ $theme }/`, or write `theme: default`
    .why = A theme is a folder below `themes/`; `default` is built in.

## Issuers and keys

unknown-issuer = there is no issuer `{ $issuer }`
    .help =
        { $count ->
            [0] an issuer is a folder below `badges/issuers/`, and there is none
           *[other] an issuer is a folder below `badges/issuers/`: { $known }
        }
    .why = Classes and tombstones name the issuer they belong to.
key-name = `{ $name }` is not the name of a key
    .help = name the files `k1.yaml`, `k2.yaml` …
    .why = The file name is the key’s short name in commands.
key-form = `{ $value }` is not an Ed25519 key or signature in Multibase
    .help = copy it from `accolade keygen`: a public key begins with `z6Mk`
    .why = A public key is written as a Multikey, a signature in Multibase.
key-introducer =
    { $problem ->
        [unknown] there is no other key `{ $kid }` of this issuer
       *[proof] `{ $kid }` did not sign this introduction
    }
    .help =
        { $problem ->
            [unknown] name the key that signed this one, or write `recovery: {"{"} reason: … {"}"}`
           *[proof] let `accolade keygen` write the introduction
        }
    .why = A new key is introduced by one that was already there and signs for it, so that who can write files but holds no key cannot add one.
key-dates = the key ends before it begins
    .help = compare `{ $key }` with `created`
    .why = A key is retired or revoked after it was made.
key-shared = this is the key of `{ $other }` too
    .help = make a new key with `accolade keygen`
    .why = Two files with one key could say two things about it.
key-removed =
    { $problem ->
        [changed] `{ $kid }` was another public key
       *[gone] the public key `{ $kid }` is not there any more
    }
    .help = `git checkout { $revision } -- { $file }` brings it back; a key that is not used any more gets a line `retired:`, a stolen one is declared with `accolade reseal --key { $kid }`
    .why = Without the public key nobody can check what it signed. It stays for ever: active, retired or revoked.
key-restored = `{ $kid }` was revoked, and is not any more
    .help = put the line `revoked:` back; make another key with `accolade keygen`
    .why = A key that was declared compromised stays so: its thief could otherwise sign again.

## Classes

frozen-version-changed = version { $version } is frozen, and its `{ $key }` was changed
    .label = differs from versions/{ $version }/
    .help = put back what was there, or write `version: { $next }` for what is new: old awards keep the old text
    .why = Once an award names a version of a class, what the version means does not change any more.
frozen-version-missing = version { $version } of `{ $class }` has sealed awards, and nobody kept its texts
    .help = bring back `badges/classes/{ $class }/versions/{ $version }/` from the history of the repository
    .why = The folder `versions/` holds what a sealed award means. `accolade seal` writes it; it is committed with the awards.
class-version-behind = the class is at version { $current }, and version { $last } is already frozen
    .help = write `version: { $last }` or a higher number
    .why = Versions only grow.
frozen-version-disagrees = version { $version } of `{ $class }` does not say what this credential was signed over
    .help = bring back `badges/classes/{ $class }/versions/{ $version }/` from the history of the repository
    .why = The published Achievement is made from the frozen version and must be the one inside each sealed credential. A framework that was reworded under a frozen version shows up here too.
frozen-file-changed =
    { $problem ->
        [gone] this file of a frozen version is not there any more
       *[changed] this file of a frozen version was changed
    }
    .help = `git checkout { $revision } -- { $file }` brings it back; to say something else, `accolade version` opens the next version
    .why = The folder `versions/` holds the exact texts and pictures that credentials have signed. A version may be added; none is ever changed.
unknown-framework = there is no framework `{ $framework }`
    .help = a framework is a file `badges/frameworks/{ $framework }.yaml`
    .why = `alignment` names a framework of the repository, or spells out `name` and `url`.
unknown-framework-code = the framework `{ $framework }` has no code `{ $code }`
    .help = look into `badges/frameworks/{ $framework }.yaml`
    .why = The code must be one of the framework’s items.
duplicate-id = `{ $id }` is already in this list
    .help = every thing in the list has its own id
    .why = Ids tell the things of one list apart.

## Criteria and levels

criteria-too-many =
    { $count ->
        [one] more items are needed than the one there is
       *[other] more items are needed than the { $count } there are
    }
    .help = lower `at_least`, or leave it out when every item is needed
    .why = `at_least` is the number of items a person must meet.
unknown-criterion = `{ $class }` has no criterion `{ $id }`
    .help = it has { $known }
    .why = `criteria_met` names items of the class, in the version that is awarded.
criteria-too-few = { $met } of the criteria are met, and the class asks for { $needed }
    .help = name the others, or do not award
    .why = An award meets at least as many items as its class demands.
level-required = the class has levels, and the award names none
    .help = add `level:` with one of { $known }
    .why = A class with a scale is awarded at one of its levels.
level-forbidden = the class has no levels
    .help = take `level` away
    .why = A level means something only where the class says what it is.
level-requires = level { $level } wants level { $first } first, which is not an earlier one of this scale
    .help = name a level of this badge that is below { $level }, or take `requires` away
    .why = A scale is climbed from below: a level may ask for one that comes before it.
unknown-page = there is no page `{ $page }`
    .label = not in `site-content/`
    .help = name a page of `site-content/` without its ending, such as `demander` for `site-content/demander.md`
    .why = The page that says how a badge is asked for is one of the site’s own.
unknown-level = the class has no level { $level }
    .help = it has { $known }
    .why = The level is one of those in the version that is awarded.

## Pictures

image-missing = the picture `{ $file }` does not exist
    .label = not in this folder
    .help = put the file beside this one
    .why = A picture stands beside the file that names it.
image-unknown = `{ $file }` is not a picture that can carry a badge
    .label = { $reason }
    .help = save the picture as PNG or SVG; changing its name is not enough
    .why = Badges are carried by PNG and SVG pictures. The bytes decide, not the name.
image-without-alt = the picture has no words for those who do not see it
    .label = add `alt` beside this
    .help = say in `alt` what the picture shows, in one sentence
    .why = Badges are read aloud too.
image-not-square = the picture is { $width } wide and { $height } high, and badges are square
    .help = draw it in a square
    .why = Bags and wallets show badges in a square and would cut or stretch the picture.
image-size = the picture measures { $side } pixels and { $kibibytes } kB
    .help = bags take rasters from { $side_least } to { $side_most } pixels and files of { $kibibytes_most } kB at most
    .why = Some bags refuse larger pictures, and the picture travels with every badge.
image-unsafe =
    { $what ->
        [element] a badge picture has no `{ $name }` element
        [event] the attribute `{ $name }` would run a script
        [reference] the picture refers to `{ $name }`, outside of itself
        [style] the style uses `{ $name }`
        [animation] an animation changes `{ $name }`
        [instruction] a badge picture has no instruction `{ $name }`
        [root] `<svg` stands too far from the beginning of the file
       *[broken] the drawing cannot be read to its end
    }
    .help = export the drawing as a plain SVG
    .why = The picture is opened in strangers’ browsers. It must not run anything, and not fetch anything.
image-text = the drawing has letters, which look different on every machine
    .label = a `<text>` element
    .help = turn the text into paths in the drawing program
    .why = The picture is also published as PNG. No font is used for that, so the same commit gives the same pixels everywhere.
colour-form = `{ $value }` is not a colour
    .help = write `#` and six digits or letters a to f, in quotes, such as "#0b5c6d"
    .why = Colours are written as on the web, all six digits, so that everyone reads the same one.
design-contrast = the ink { $ink } on the ground { $ground } has a contrast of { $contrast }
    .label = hard to see on the ground
    .help = take a lighter or a darker colour: { $least } is the least
    .why = A badge is looked at small, in a bag, on a phone, in the sun. What is drawn on it must stand out from its ground (WCAG 2.2, level AA).
design-letters = the typeface has no letter for { $missing }
    .help = write the text with other letters, leave it out, or draw the picture yourself and name it with `file`
    .why = The typeface that comes with the program is used, so that the picture is the same on every machine. It has Latin, Greek and Cyrillic.
design-text = the text does not fit on the badge
    .help = take a shorter word, of { $most } characters at most; the name of the badge stands beside the picture anyway
    .why = Letters that become too small cannot be read where badges are shown.

## Awards

unknown-class = there is no class `{ $class }`
    .help =
        { $count ->
            [0] a class is a folder below `badges/classes/`, and there is none
           *[other] a class is a folder below `badges/classes/`: { $known }; a class that has awards keeps its name
        }
    .why = An award names its class. A class that has awards cannot be deleted.
unknown-version = `{ $class }` has no version { $version }
    .help = it has { $known }
    .why = An award names a version of its class.
class-language = the class is not written in `{ $lang }`
    .help = it is written in { $known }; a translation is a file `criteria.{ $lang }.md`
    .why = The language of an award is the language of the texts that are signed.
duplicate-award = this award is already there, as `{ $first }`
    .help = delete one of the two
    .why = An id is one award in one file.
unknown-award = there is no award `{ $id }`
    .help = an award is a file below `badges/assertions/`
    .why = Renewals, withdrawals and replacements name an award that is there.
expires-before-awarded = the award ends before it begins
    .help = compare `expires` with `awarded`
    .why = An award counts for some time.
recipient-form =
    { $what ->
        [hash] the hash is not `sha256$` and 64 digits
        [salt] the salt is too short or too long
        [did] this is not a `did:`
       *[uuid] this is not a `urn:uuid:` in small letters
    }
    .help = let `accolade award` write the recipient
    .why = What is signed about a recipient has one form. A salt is fresh for each award and holds 128 random bits.
evidence-form =
    { $problem ->
        [name] an evidence file has a plain name
        [draft] an award without an id has no folder for files yet
       *[empty] this piece of evidence says nothing
    }
    .help =
        { $problem ->
            [name] use letters, digits, `.`, `_` and `-`; the file is in the folder of the award
            [draft] leave the file out, or award on the command line: `accolade award --evidence`
           *[empty] give it a `narrative`, a `url` or a `file`
        }
    .why = Evidence tells, links or shows something. Its files are published under their own names.
evidence-missing = the evidence file `{ $file }` does not exist
    .label = not in the folder of this award
    .help = put it there; its digest is signed
    .why = Evidence files are in `badges/evidence/<id>/` and are published with the award.
evidence-without-alt = the picture has no words for those who do not see it
    .label = add `alt` beside this
    .help = say in `alt` what the picture shows, in one sentence
    .why = Evidence is read aloud too.
award-changed = this award is sealed, and its `{ $key }` was changed
    .help = `git checkout { $revision } -- { $file }` brings back what was decided; only `visibility` and `holder` may change. To correct it: `accolade revoke`, then award again
    .why = What was decided is signed. Changing it would make the event say something else than the credential that the person holds.
evidence-changed =
    { $problem ->
        [gone] this evidence of a sealed award is not there any more
       *[changed] this evidence of a sealed award was changed
    }
    .help = `git checkout { $revision } -- { $file }` brings it back; to erase everything, `accolade forget`
    .why = The digest of the file is signed into the credential. Another file in its place would cast doubt on the badge.
award-unsealed = the award is not sealed, so it is not on the site
    .help = nothing to mend: `accolade seal` signs it, on the branch where sealing happens
    .why = An award on a branch waits for its signature. It is left out of the site until then, and nothing else is wrong with it.
draft-name-taken = the folder `{ $folder }` holds an award of that name already
    .help = choose another name for this file; if it came back by a merge, delete it: its award is in that folder
    .why = A draft becomes a folder of its name, in the year of the award. So a file that a merge brings back is not awarded twice.
draft-ending = `{ $name }` is not read: the name of a draft ends with `.yaml`
    .help = rename it to `{ $better }`
    .why = A file with another ending would stay where it is, and nobody would receive the badge.

## Sealed files

sealed-without-event = this credential is sealed, and `{ $event }` is not there
    .help = bring back `{ $event }` from the history; to forget an award, use `accolade forget`
    .why = A sealed credential stands beside the event it seals.
sealed-broken =
    { $problem ->
        [json] the sealed file is not JSON: { $reason }
       *[member] the sealed file lacks a sound `{ $reason }`
    }
    .help = bring the file back from the history; sealed files are never edited
    .why = Sealed files hold exactly the bytes that were signed.
sealed-disagrees = the sealed credential says something else about `{ $key }`
    .label = sealed was `{ $sealed }`
    .help = put back what was decided; after sealing only `visibility` and `holder` may change
    .why = The event and its sealed credential are one award. When one says something else than the other, one of them was changed.
sealed-proof =
    { $problem ->
        [changed] the sealed file was changed after it was signed
        [key] the sealed file is signed with a key that this issuer does not have
        [revoked] the sealed file is signed with `{ $kid }`, which is revoked
        [no-proof] the sealed file carries no signature of both kinds
       *[other] the signature of the sealed file cannot be checked: { $reason }
    }
    .help =
        { $problem ->
            [revoked] `accolade reseal --key { $kid }` signs the true awards again
           *[other] bring the file back from the history; sealed files are never edited
        }
    .why = Every sealed file is checked against the public keys in the repository, so that a changed byte is found before the site is built.
sealed-missing =
    { $kind ->
        [award] the sealed credential of `{ $id }` was published, and is not there any more
       *[other] this sealed file was published, and is not there any more
    }
    .help =
        { $kind ->
            [award] `git checkout { $revision } -- { $file }` brings it back; to erase the award for good, `accolade forget { $id }`
           *[other] `git checkout { $revision } -- { $file }` brings it back
        }
    .why = A published credential does not vanish in silence, and is never signed a second time with other bytes: the person may hold a copy. `accolade forget` erases it and leaves a tombstone. The history of git is asked, as far as this clone knows it.
sealed-changed = this sealed file was changed
    .help = `git checkout { $revision } -- { $file }` brings it back; sealed files are never edited. After a theft of a key, `accolade reseal` signs them again and keeps the old bytes
    .why = A sealed file holds exactly the bytes that were signed and published.
status-index-shared = the award `{ $first }` has the place { $index } in the list too
    .help = delete the sealed file that is not published yet and seal again
    .why = Withdrawing one of the two would withdraw the other.
status-list-foreign = the list belongs to `{ $found }`, not to `{ $issuer }`
    .help = bring back this issuer’s list from the history, or let `accolade seal` make it
    .why = An issuer withdraws its own awards in its own list.
status-list-missing = `{ $issuer }` has sealed awards and no list of withdrawn ones
    .help = bring it back from the history; `accolade seal` writes it
    .why = Every sealed award points to its issuer’s list. Without it nobody can tell whether the award was withdrawn.
status-bit-cleared =
    { $count ->
        [one] the list no longer withdraws a badge that it withdrew
       *[other] the list no longer withdraws { $count } badges that it withdrew
    }
    .help = `git checkout { $revision } -- { $file }` brings it back; to give a badge back, award it again
    .why = A withdrawal is final: verifiers have read it, and a badge that comes back to life could not be told from a fraud.
status-list-older = the list is of { $now }, and the one before it of { $before }
    .help = let `accolade seal` write the list
    .why = A verifier keeps the newest list it has seen. An older one would be ignored.
revocation-unsealed = the withdrawal is not sealed, so verifiers do not know it
    .help = `accolade seal` signs the list, on the branch where sealing happens
    .why = A withdrawal counts once the issuer’s list says so.
revocation-missing = the sealed list withdraws this award, and no file says so
    .help = bring back `badges/revocations/{ $id }.yaml` from the history: a published withdrawal is final. If it was never committed, take the list back, too: `git checkout HEAD -- { $list }`
    .why = The list is made from the files below `badges/revocations/`. A withdrawal is never taken back; the award is given again.

## Withdrawn and forgotten

tombstone-and-award = the award `{ $id }` is forgotten and still there
    .help = `accolade forget { $id }` deletes it; without the tombstone it stays
    .why = A tombstone is all that is left of an award that was erased.
tombstone-removed = the tombstone of `{ $id }` is not there any more
    .help = `git checkout { $revision } -- { $file }` brings it back
    .why = The tombstone holds the place of the award that was erased: without it the bit of the list belongs to nobody, and the old addresses answer no more.

## Pages and addresses

front-matter-missing = the page does not begin with its title
    .help = begin with `---`, a line `title: …`, a line `description: …`, and `---`
    .why = Title and description stand in the front matter of a page, between two lines of three hyphens.
ledger-line = `{ $line }` is not a path
    .help = a line is a path without a leading slash, such as `badges/accueil-benevole/`
    .why = `urls.ledger` lists every path that was ever published. `accolade seal` writes it.
ledger-line-removed = the line `{ $path }` is missing
    .help = `git checkout { $revision } -- badges/urls.ledger` brings it back
    .why = The ledger of addresses only grows: a line taken away would let a published address vanish.
url-vanished = the address `{ $path }` was published and would vanish
    .help = bring back what stood there; published addresses are for ever
    .why = Addresses are signed into badges and printed on paper.

## What must not be public

email-in-public-tree = a mail address stands in the public tree
    .help = keep addresses in the register; the public one of an issuer stands in its `issuer.yaml`
    .why = The tree below `badges/` is published. A person’s address belongs in the register, which is private. The address is not repeated here, because logs may be public too.
register-in-public-tree = the register is a folder of this public repository
    .label = the next commit would publish it
    .help = move the register out of the repository, or write `/{ $folder }/` into `.gitignore`; what was committed already stays in the history
    .why = The register holds names and addresses. In a repository that strangers can read it must not be part of a commit, and not of the built site either.
private-key-in-tree = a private key stands in the repository
    .help = treat it as stolen: revoke it, make another with `accolade keygen`, and keep that one out of the repository
    .why = Whoever reads the key can sign in the issuer’s name, and git keeps it for ever. The key is not repeated here, because logs may be public too.

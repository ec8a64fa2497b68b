# What `keygen`, `award`, `revoke` and `seal` say.

issue-findings = nothing was written: first mend what stands above
issue-busy = another command is writing to this repository; wait until it has finished
issue-file = `{ $file }`: { $reason }
issue-file-missing = `{ $file }` does not exist; is the path right, seen from the current folder?
issue-file-not-one = `{ $file }` is a folder, a pipe or a device, and a file is wanted
issue-file-exists = `{ $file }` exists already, and is not written over
issue-written = written: { $file }
issue-date = { $problem ->
        [calendar] `{ $date }` is not a day of the calendar; count the days of that month: a date is written year, month, day
       *[form] `{ $date }` is not a date; write 2026-03-12, or 2026-03-12T14:30:00Z
    }
issue-date-range = the date is out of range; write a year of four digits
issue-date-future = { $date } is in the future; --date is the day of the decision, today or before

key-exposed = others on this machine can read the private key `{ $file }`; type: chmod 600 { $file }
key-not-one = { $source }, line { $line }: { $reason }
key-exists = `{ $file }` exists already; a private key is never written over

key-none = `{ $source }` holds no private key
key-wrong = { $problem ->
        [retired] the key in `{ $source }` is { $kid } of `{ $issuer }`, which is retired and signs no more; name the file of a newer key
        [revoked] the key in `{ $source }` is { $kid } of `{ $issuer }`, which was declared compromised and signs no more; name the file of another key
       *[unknown] the key in `{ $source }` belongs to no issuer of this repository: its public half is nowhere below badges/issuers/. Is it the right file, and the right repository?
    }
key-at-hand = { $problem ->
        [retired] at hand is { $kid } of `{ $issuer }` ({ $source }): it is retired, and signs no more
        [revoked] at hand is { $kid } of `{ $issuer }` ({ $source }): it was declared compromised, and signs no more
       *[unknown] at hand is a key that belongs to no issuer of this repository ({ $source })
    }
key-file-lines = no line can be added to `{ $file }` as it is written; add this to it by hand, and run the command again: { $lines }

keygen-comment = Private key { $kid } of the issuer { $issuer } of { $host }. Whoever has it awards badges in its name.
keygen-done = public key: { $public }. Commit it.
keygen-retired = { $kid } is retired: what it signed stays good.
keygen-ended = { $kid } signs no more already: it is retired or revoked
keygen-keep = Keep a copy of the private key in a safe place: nobody can give it back to you.
keygen-no-folder = your configuration folder was not found; say where the private key goes with --out
keygen-in-repository = `{ $file }` is inside the repository, where the next commit would publish it; choose another place with --out
keygen-no-issuer = there is no issuer `{ $issuer }` in badges/issuers/
keygen-no-reason = --recovery wants a reason, such as `lost` or `stolen`: it is published with the key
keygen-nobody = a new key of `{ $issuer }` is introduced by an active one, and none is at hand; name its file with --key, or say with --recovery why it cannot be used any more

award-no-class = there is no class `{ $class }` in badges/classes/{ $suggestion ->
        [none] ; there is: { $known }
       *[other] ; did you mean `{ $suggestion }`?
    }
award-level-earlier = level { $level } wants level { $requires } first, and this person does not have it. Award that one first with --level { $requires }, or say with --override "reason" why it is not needed
award-level-earlier-unknown = level { $level } wants level { $requires } first, and nothing here tells whether this person has it: the awards of that level do not name them in a way that can be compared. If you know it, add --override "reason"
award-level-missing = this badge has levels: add --level, one of { $levels }
award-level-unknown = this badge has no level { $level }; it has { $levels }
award-level-none = this badge has no levels; leave --level away
award-lang = this badge is not written in `{ $lang }`{ $suggestion ->
        [none] ; it is written in: { $known }
       *[other] ; did you mean `{ $suggestion }`?
    }
award-lang-form = `{ $lang }` is not a language; write fr, en or br, for example
award-item = this badge has no criteria item `{ $item }`{ $suggestion ->
        [none] ; it has: { $known }
       *[other] ; did you mean `{ $suggestion }`?
    }
award-item-none = this badge has no list of criteria; leave --met { $item } away
award-met-missing = which criteria are met? This badge asks for { $needed } of { $all }; add --met for each, out of { $known }
award-too-few = { $met ->
        [one] { $met } item is
       *[other] { $met } items are
    } met, and this badge asks for { $needed }, out of { $known }
award-evidence-alt = say what `{ $file }` shows, for those who do not see the picture: add --alt "…"
award-evidence-big = `{ $file }` is larger than { $max } MB; make it smaller, or publish it elsewhere and give its address
award-evidence-kind = { $instead ->
        [picture] `{ $file }`: save this picture as JPEG or PNG
        [paper] `{ $file }`: export this document as PDF
        [film] `{ $file }`: publish this film or sound elsewhere, and give its address with --evidence https://…
       *[other] `{ $file }`: evidence is a picture (JPEG, PNG, WebP), a PDF or a text (.txt, .md)
    }
award-evidence-broken = `{ $file }` is damaged, or of another kind than its name says; open it and save it again
award-evidence-address = `{ $file }` holds an e-mail address, and evidence is published; take it out first
award-evidence-clean = `{ $file }`: the place, the date, the camera and the previews written in the picture are not copied
award-evidence-pdf = `{ $file }`: a PDF may say who wrote it; look at its properties before you publish
award-evidence-much = { $count } pieces of evidence are more than anybody reads
award-evidence-name = the name of `{ $file }` will be part of an address: use letters without accents, digits, “.”, “_” and “-”
award-evidence-twice = two evidence files are called `{ $name }`; rename one
award-alt = there are more --alt than files
award-text-empty = { $of ->
        [name] the name is empty
        [role] the role is empty
        [story] a story is empty
        [alt] what a picture shows is empty
        [local-id] the id is empty
       *[reason] --override wants a reason, such as "jury of 2 June"
    }
award-text-long = { $of ->
        [name] a name of { $chars } characters is too long
        [role] a role of { $chars } characters is too long
        [story] a story of { $chars } characters is too long
        [alt] a picture’s description of { $chars } characters is too long
        [local-id] an id of { $chars } characters is too long
       *[reason] a reason of { $chars } characters is too long
    }; { $max } at most
award-text-control = { $of ->
        [name] the name holds
        [role] the role holds
        [story] a story holds
        [alt] what a picture shows holds
        [local-id] the id holds
       *[reason] the reason holds
    } an invisible character ({ $code }); type this text instead of pasting it
award-text-address = one of the texts holds an e-mail address, and they are published; take it out (addresses go into --to, or into the register)
award-renews-class = { $award } is of another badge: only an award of the same badge can be renewed
award-renews-person = { $award } is somebody else’s: only an award of the same person can be renewed
award-renews-later = { $award } is younger ({ $awarded }) than the award that would renew it
award-ends-early = the badge would end on { $expires }, not after it begins on { $awarded }; change --expires or --date
award-not-email = this is not an e-mail address: { $why ->
        [empty] it is empty
        [no-at] there is no “@”, as in `name@example.org`
        [two-ats] there is more than one “@”; give one address for each award
        [space] there is a space in it
        [character] it holds “{ $character }”, which no address does
        [incomplete] something is missing before or after “@”
        [dots] there is a dot too many
        [long] it is too long
       *[domain] what follows “@” is no domain, such as `example.org`
    }
award-refused = { $reason }
award-override-lost = Nothing here keeps the reason given with --override: note it in your papers.
register-broken = `{ $file }`, line { $line }: { $problem ->
        [key] `{ $key }` is not a key of the register; known: name, email, local_id, name_salt, consent, override, message
        [yaml] this is not YAML
        [utf8] this is not UTF-8 text
        [long] this is too long for an entry
        [map] an entry is made of lines “key: value”
       *[text] the value has to be a text
    }. Mend this entry: without it nobody knows who has what already
register-many = `{ $folder }` has more entries than any register
award-public-hash = this repository is public, and so would be the salted hash of the address, for ever: whoever guesses the address can test it. If the person agrees, add --public-hash; otherwise --no-recipient gives a badge to whoever holds its link
award-not-did = `{ $text }` is not a DID, such as did:key:z6Mk…
award-not-url = `{ $text }` is not an address that begins with https://
award-same = nothing to do: the same person has this badge of the same day already ({ $id })
award-dry-run = would be written to { $file }:
award-sealed = signed. Commit, and publish the site.
award-private = This badge is private: no page will show it. Give the sealed file to the person by hand.
award-link-name = This link carries the name. It is told here once, and is in no public file: pass it on to the person.
award-register-none = there is no register: nothing here keeps who this is (`privacy: register:` in accolade.yaml)
award-register-absent = the register is not here ({ $folder }): nothing here keeps who this is
award-register-kept = kept in the register: { $file }

revoke-unknown = there is no award `{ $award }`; its id, of 26 characters, is the name of its file below badges/assertions/
revoke-forgotten = { $id } was forgotten on { $date }: nothing of it is left to withdraw, and the list says so
revoke-reason = `{ $reason }` is not a reason; known: error, superseded, holder-request, criteria-not-met, term-ended, other
revoke-replaced = there is no other award `{ $award }` that could take its place
revoke-date-early = { $date } is before the award of { $awarded }
revoke-already = { $id } was withdrawn on { $date } already; that stands
revoke-sealed = the list of withdrawn badges is signed. Commit, and publish the site.

forget-settings = accolade.yaml cannot be read; `accolade check` shows where
forget-unreadable = the files of { $id } do not say whose it is; bring them back with `git checkout`, or mend what `accolade check` shows
forget-already = { $id } was forgotten on { $date } already
forget-deletes = to be erased for { $id }:
forget-file = { "  " }{ $file }
forget-ask = Erase all of this for good? (y/N)
forget-yes = nothing was erased: nobody is there to answer. Add --yes to erase, or --dry-run to look only
forget-not = nothing was erased
forget-bit-waits = everything is erased, but the list of withdrawn badges does not say so yet: mend what stands above, then type `accolade seal`
forget-named = To do: { $file } still names this award.
forget-next =
    Erased here. { $tombstone } keeps the date and the place in the list, and nothing of the person.
    Commit, and publish the site: at the old addresses a neutral page will say that nothing is left.
forget-no-register =
    There is no register (`privacy: register:`): if you keep names and addresses elsewhere, erase the person there.
forget-register =
    The register may be a repository of its own: commit the deletion there, and rewrite its history in the same way.
forget-register-absent =
    To do: the register is not here ({ $folder }). Delete { $entry } there, which keeps the name, the address and the salt, and then its history.
forget-git-nothing = git never recorded anything of this award: there is no history to rewrite.
forget-git =
    The history of git keeps everything that was committed. To take it out of there too, once the deletion is committed and
    pushed, with git-filter-repo (https://github.com/newren/git-filter-repo) in a fresh clone:
forget-commands =
    {"  "}git clone ADDRESS-OF-THE-REPOSITORY fresh && cd fresh
    {"  "}git filter-repo --invert-paths{ $paths }
    {"  "}git remote add origin ADDRESS-OF-THE-REPOSITORY
    {"  "}git push --force --all origin && git push --force --tags origin
    Then everybody clones anew: an old clone would bring it all back.
forget-limits =
    What nobody can take back from here: clones and forks that others have; what the forge keeps in caches and in pull requests
    (ask it to erase them); search engines and archives of the web; backups of the host; the picture and the file that the
    person kept.

version-opened = { $class }: version { $to } begins, with the texts and the picture as they stand. They may change until its first award; badges of version { $from } keep theirs.
version-free = version { $number } of `{ $class }` was never awarded: change it as you like, a new version is not needed
version-no-number = `{ $file }` has no line such as `version: 1`; `accolade check` shows what it lacks
version-too-many = a class has 9999 versions at most; begin another class

reseal-no-key = there is no key `{ $kid }`; there is: { $known }
reseal-several = several issuers have a key `{ $kid }` ({ $issuers }); say whose it is with --issuer
reseal-no-reason = `{ $kid }` of `{ $issuer }` counts as good. Once it is declared compromised, everything it signed is refused everywhere: say why with --reason, for example `--reason stolen`. A key that is only lost or old does not need this
reseal-no-other = `{ $issuer }` has no other active key that could sign instead; make one first: accolade keygen --issuer { $issuer } --recovery stolen
reseal-not-at-hand = another active key of `{ $issuer }` has to sign ({ $wanted }), and none is at hand; name its file with --with
reseal-changed = `{ $file }` was changed after it was signed, and is not signed again like this; bring it back from the history, or erase the award with `accolade forget`
reseal-foreign = `{ $file }` holds members that this program never signs, so it cannot be signed again word for word
reseal-unsigned = { $id } is not signed: { $reason }
reseal-declares = { $kid } of { $issuer } is declared compromised: nothing it signed counts any more, whatever its date.
reseal-nothing = { $kid } of { $issuer } has signed no badge that stands.
reseal-signs = { $awards ->
        [one] { $awards } badge of { $kid } is signed again by { $by }, word for word, at the same address:
       *[other] { $awards } badges of { $kid } are signed again by { $by }, word for word, at the same addresses:
    }
reseal-award = { "  " }{ $id }  { $class }, awarded { $awarded }, signed { $signed }
reseal-more = { "  " }… and { $awards } more; --dry-run shows all of them
reseal-withdrawn = { $awards ->
        [one] { $awards } withdrawn badge keeps its old signature, which counts for nothing.
       *[other] { $awards } withdrawn badges keep their old signatures, which count for nothing.
    }
reseal-ask = Are these all yours, and shall they be signed again? (y/N)
reseal-yes = nothing was signed: nobody is there to answer. Compare the list with your papers, then add --yes; --dry-run only shows it
reseal-not = nothing was signed
reseal-declared = declared. Commit, and publish the site.
reseal-done = { $awards ->
        [one] { $awards } badge signed again; the old bytes are in badges/superseded/. Commit, and publish the site.
       *[other] { $awards } badges signed again; the old bytes are in badges/superseded/. Commit, and publish the site.
    }
    Copies that were handed out before are refused from then on: tell everybody to fetch their picture or file again at the address of their badge. A private badge has no address: send its file.

seal-elsewhere = this is `{ $here }`; sealing happens on the branch `{ $branch }` alone, because two branches could give one place in a list to two badges. Merge there, and seal
seal-no-git = this is no git repository: make sure that nobody seals a copy of it
seal-draft = no award is made of `{ $file }`
seal-draft-same = it is the award { $id } already; delete this file, or change what it says
seal-nothing = nothing waits
seal-frozen = frozen: { $class }, version { $version }
seal-list = signed: the list of withdrawn badges of { $issuer }
seal-done = { $awards ->
        [0] signed. Commit, and publish the site.
        [one] { $awards } badge signed. Commit, and publish the site.
       *[other] { $awards } badges signed. Commit, and publish the site.
    }
seal-refused = not sealed: { $reason }
seal-later-branch = it waits to be signed: this is `{ $here }`, and signing happens on the branch `{ $branch }`
seal-later-key = { $awards ->
        [one] { $awards } badge of the issuer `{ $issuer }` waits
       *[other] { $awards } badges of the issuer `{ $issuer }` wait
    } for its private key ({ $wanted }), which is not at hand
seal-later-help = give it with --key FILE; on a forge, with the secret ACCOLADE_KEY
seal-later-list = the list of withdrawn badges of the issuer `{ $issuer }` waits for its private key ({ $wanted }), which is not at hand
seal-no-key = the issuer `{ $issuer }` has no active key, so nothing is signed in its name; make one with `accolade keygen --issuer { $issuer }`

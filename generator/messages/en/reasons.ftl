# What stood in the way, put into other messages as { $reason }: no capital, no full stop.

reason-system = { $kind ->
        [missing] it does not exist; is the path right, seen from the current folder?
        [denied] this user has no right to do that here; look at the permissions of the file and of its folder
        [full] the disk is full; make room, then run the command again
        [read-only] this disk can only be read; work in a copy somewhere else
        [too-large] it is larger than is allowed here
        [folder] it is a folder, and a file is wanted
        [not-a-folder] a part of its path is a file, and a folder is wanted
        [exists] something of this name is there already
        [name] the system does not take this name
        [busy] another program is using it; try again later
        [not-a-file] it is a folder, a pipe or a device, and a file is wanted
       *[other] the system refused (“{ $detail }”)
    }
reason-outside = the path leads out of the repository
reason-too-big = it has more than { $bytes } bytes
reason-not-utf8 = it is not UTF-8 text, from byte { $byte } on; save it again with the encoding UTF-8
reason-listing = the folder `{ $folder }` cannot be listed: { $reason }
reason-too-deep = `{ $folder }` lies too many folders deep
reason-no-repository = `{ $folder }` holds no accolade.yaml
reason-in-file = `{ $file }`: { $reason }

reason-picture-kind = this is neither a PNG nor an SVG picture
reason-png = { $problem ->
        [truncated] the PNG ends in the middle, after byte { $at }: part of it was lost on the way
        [header] the PNG does not begin as a PNG does
       *[checksum] the PNG was damaged at byte { $at }
    }
reason-svg = { $problem ->
        [not-utf8] the SVG is not UTF-8 text
        [encoding] the SVG names another encoding than UTF-8, or another version than XML 1.0
        [not-well-formed] the SVG is broken at byte { $at }: a tag is not closed, or a sign stands where it may not
        [document-type] the SVG has a `<!DOCTYPE …>`; take it out
        [entity] the SVG uses an entity at byte { $at }; write the sign itself
        [namespaces] the SVG uses a prefix at byte { $at } that it does not explain
        [too-deep] the SVG nests its elements too deep
        [attributes] an element of the SVG has too many attributes
        [root] the first element is not `<svg xmlns="http://www.w3.org/2000/svg">`
        [no-size] the SVG has no size; give it a `viewBox`
       *[other] the SVG cannot be read
    }
reason-several = it carries { $count } records of this kind, and one is allowed
reason-slot = { $problem ->
        [too-long] the record is longer than a picture may carry
        [not-utf8] the record is not UTF-8 text
        [damaged] the part that holds it is damaged
       *[form] what is there is neither JSON, nor a signed token, nor an address
    }
reason-record = { $problem ->
        [too-long] it has { $bytes } bytes, more than a picture may carry
        [control] it holds a control character, which JSON never does
        [form] it is neither a JSON object, nor a signed token, nor an address
        [address] a picture carries an Open Badges 3.0 credential itself, and not its address
       *[not-an-address] the address of the hosted assertion does not begin with `https://`
    }
reason-bake = { $problem ->
        [occupied] the picture carries such a record already
        [hosted] a hosted assertion in an SVG needs an `id` that is its address
       *[other] the baked picture does not read back as it was given; please tell us about it
    }

reason-drawing = { $problem ->
        [too-large] the drawing has { $bytes } bytes, and that is too many
        [text] the drawing holds letters; turn them into paths, because no font is the same everywhere
        [no-room] a picture of { $side } pixels cannot be made
       *[broken] the drawing cannot be drawn (“{ $detail }”)
    }
reason-no-picture = the class has no picture

reason-json = { $problem ->
        [size] the document is larger than { $most } bytes
        [mark] the document begins with an invisible byte order mark; save it again without it
        [not-utf8] the document is not UTF-8 text
        [depth] lists and objects are nested deeper than { $most } levels
        [end] the document ends too early: a bracket or a quote is not closed
        [trailing] something follows the end of the document
        [duplicate] the member `{ $member }` stands there twice
        [text] a text holds a sign that must be escaped, or an escape that JSON does not have
        [number] a number is not written as JSON writes numbers, or too large
       *[grammar] this is not JSON
    }, line { $line }, column { $column }
reason-proof = { $problem ->
        [none] there is no signature
        [many] there are more signatures than are looked at
        [malformed] the signature lacks a good `{ $detail }`
        [unknown] signatures of the kind `{ $detail }` are not known here
        [purpose] the signature was not made for badges
        [changed] the signature does not belong to this file and this key
       *[other] the signature cannot be followed (“{ $detail }”)
    }
reason-key = { $problem ->
        [type] this is not the private key of an issuer; it begins with `z3u2`, and is copied whole
        [length] the key is too short or too long: was all of it copied?
        [halves] the secret half and the public half beside it do not belong together
       *[text] this is not a private key as `accolade keygen` writes it
    }

reason-freeze = the class `{ $class }` cannot be frozen: { $reason }
reason-award = the award { $award } cannot be signed: { $reason }
reason-list = the list of `{ $issuer }` cannot be signed: { $reason }
reason-list-broken = the list of `{ $issuer }` cannot be read: { $reason }; take badges/issuers/{ $issuer }/status/ back from the history
reason-list-full = every place in the list of `{ $issuer }` is taken
reason-list-place = the list of `{ $issuer }` has no place { $index }
reason-sign = { $problem ->
        [alike] two parts of it are so alike that verifiers could read it in two ways
       *[other] it cannot be put into the form that is signed (“{ $detail }”)
    }
reason-check = the fresh signature does not hold: { $reason }
reason-no-version = the award { $award } names a class version that is not there

reason-theme = the theme's file `{ $file }` cannot be used:
    { $detail }
reason-template = the template `{ $template }` failed on the page `/{ $page }`:
    { $detail }
reason-drawn = the picture of `{ $of }` cannot be drawn: { $reason }
reason-carrier = the picture of `{ $of }` cannot carry badges: { $reason }
reason-sealed = the sealed file of `{ $id }` is not what was checked; was it changed just now? Run the command again

reason-watch-limit = the system watches no more folders; `sudo sysctl fs.inotify.max_user_watches=524288` lets it watch more

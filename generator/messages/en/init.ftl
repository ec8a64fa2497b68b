# `init`: what it asks, what it refuses, what it says in the end.

init-ask-name = What is the association called?
init-ask-base-url =
    At which address will the site be? It is signed into every badge and can never change:
    take a name under a domain of your own (badges.my-club.org), which you keep even if you change hosts.
    Address:
init-ask-repository =
    Will strangers be able to read the repository, the folder that you will share? If it is public, everything in it can be read, unlisted badges and the
    history too; if it is private, only the site can, but some forges then want a paid plan.
    public or private [{ $usual }]:
init-ask-forge = Which site will keep the repository (its “forge”): github, gitlab, or forgejo such as Codeberg? [{ $usual }]
init-ask-lang = In which language are the pages and the badges: fr or en? [{ $usual }]
init-ask-shared-host =
    { $host } belongs to somebody else: if that host closes or changes its name, your badges cannot be verified any more.
    Go on all the same? [no]
init-ask-repository-wrong = write public or private
init-ask-forge-wrong = write github, gitlab or forgejo
init-ask-lang-wrong = write fr or en
init-left = nothing was written

init-missing = { $options } is missing; with --yes only --name and --base-url are needed
init-name = a name is needed, on one line, of { $most } characters at most
init-base-url =
    { $problem ->
        [not-https] `{ $value }` does not begin with https://, and badges are verified in no other way
        [port-or-user] `{ $value }` has a port or a user name; verifiers would not look there
        [host] `{ $value }` has no domain name in small letters, such as badges.my-club.org
       *[path] the path of `{ $value }` may have letters without accents, digits, “.”, “_” and “-” only
    }
init-shared-host = { $host } belongs to somebody else: if it closes or changes its name, your badges cannot be verified any more. Take an address under your own domain; if you have none and accept this, add --shared-host
init-in-the-way = `{ $folder }` is not empty, and nothing in it is replaced: { $listed }{ $more ->
        [0] { "" }
       *[other] { " " }and { $more } more
    }. Choose a new folder
init-not-a-folder = `{ $folder }` is a file; choose a new folder
init-resumed = an interrupted start is finished here
init-key-found = the key that was there already is used: { $file }
init-no-key-folder = this machine has no folder for keys; make one with: accolade keygen --issuer { $issuer } --out FILE
init-done = { $name }: the repository is ready, for { $address }
init-key =
    Private key: { $file }
    Whoever holds it awards badges in your name. Copy it to a USB stick now, to be kept in a drawer; then put its line that
    begins with “z” into the secret ACCOLADE_KEY of your forge: README.md says where. Do not send it by mail.
init-git-absent = git is not installed: install it, then type in { $folder }: git init -b main && git add . && git commit -m "First badge"
init-git-inside = { $folder } is inside another git repository: nothing was committed. Move it out of that other repository, then type in it: git init -b main && git add . && git commit -m "First badge"
init-git-nobody = git does not know who you are. Type in { $folder }: git config user.name "Your name" && git config user.email "you@example.org" && git add . && git commit -m "First badge"
init-git-no = git committed nothing; type in { $folder }: git add . && git commit
init-next =
    Next:
      cd { $folder }
      accolade serve                              shows the site on http://127.0.0.1:8000
      accolade award { $class } --no-recipient   awards a first badge
    README.md says how to publish, and how to award in the browser.
    First correct badges/issuers/{ $issuer }/issuer.yaml: the e-mail address in it is guessed.

man-name = NAME
man-synopsis = SYNOPSIS
man-description = DESCRIPTION
man-commands = COMMANDS
man-examples = EXAMPLES

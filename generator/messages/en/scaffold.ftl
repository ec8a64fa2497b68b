# The words that `init` puts into the files it writes. Each stays on one line.

scaffold-ignore-people = People: never in the repository
scaffold-ignore-keys = The private key signs in our name: never in the repository
scaffold-ignore-built = What can be made again
scaffold-attributes = Signed files are evidence: git does not change one byte of them
scaffold-settings-base-url = The address of the site. It is signed into every badge, and can never change after the first
scaffold-settings-repository = Can strangers read this repository? public or private
scaffold-issuer-contact = Public, and guessed: correct them before the first badge
scaffold-description = { $name } gives these badges to people whose commitment or skill was seen by one of its members.
scaffold-title = Badges: { $name }

scaffold-first-commit = Start with Accolade

scaffold-ci-program = Runs Accolade, and first gets it where the variables of the forge say, unless it is there
scaffold-ci-missing = Accolade is not here: give the forge the variable ACCOLADE_SOURCE, or ACCOLADE_DOWNLOAD and ACCOLADE_SHA256 (see README.md)
scaffold-ci-header = Checks every proposal; on the publishing branch, signs what waits and publishes the site
scaffold-ci-where = Where the program comes from: see README.md. The version is the one that wrote this file
scaffold-ci-no-key = Without the key, and without the right to write
scaffold-ci-key = The only job that has the key, on the publishing branch alone
scaffold-ci-pages-branch = The branch “pages” keeps the latest site only
scaffold-ci-check = Check
scaffold-ci-tools = Find Accolade again
scaffold-ci-get = Get Accolade
scaffold-ci-seal = Sign
scaffold-ci-keep = Keep what is signed
scaffold-ci-build = Make the site
scaffold-ci-publish = Publish
scaffold-ci-message = Sign the badges

scaffold-forge-new-file = { $forge ->
        [github] Add file › Create new file
        [gitlab] + › New file
       *[forgejo] Add file › New file
    }
scaffold-forge-request = { $forge ->
        [github] Create a new branch for this commit and start a pull request
        [gitlab] Commit to a new branch, then Create merge request
       *[forgejo] Create a new branch for this commit and start a pull request
    }
scaffold-repository-word = { $repository ->
        [public] public
       *[private] private
    }
scaffold-repository-note = { $repository ->
        [public] This repository is public: strangers can read everything in it, unlisted badges and the whole history included.
       *[private] This repository is private, but the site it makes is public; and one day somebody else may read its history.
    }
scaffold-public-hash-note = { $repository ->
        [public] { " " }This repository being public, that wants the person's agreement and `--public-hash`.
       *[private] { "" }
    }
scaffold-privacy-repository = { $repository ->
        [public] The files of this site are written in a public repository: an address that is hard to guess is no secret there.
       *[private] The files of this site are written in a private repository, which only those who give the badges can read.
    }
scaffold-shared-host-note = { $shared ->
        [yes] { " " }It is a borrowed address: if the host closes or changes its name, your badges cannot be verified any more. An address of your own is better.
       *[no] { "" }
    }
scaffold-hosting-sentence = { $forge ->
        [github] GitHub Pages, a service of GitHub, Inc., 88 Colin P. Kelly Jr. Street, San Francisco, CA 94107, USA.
        [gitlab] GitLab Pages, a service of GitLab Inc., or of whoever runs the GitLab that holds this repository.
       *[forgejo] The pages of the forge that holds this repository.
    }

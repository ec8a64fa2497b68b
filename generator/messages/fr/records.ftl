# Les mots des documents refaits à chaque construction du site, à la différence de `signed.ftl`.

record-reason-error = Délivré par erreur.
record-reason-superseded = Remplacé par un autre badge.
record-reason-holder-request = Retiré à la demande de la personne.
record-reason-criteria-not-met = Les critères n’étaient pas remplis.
record-reason-term-ended = Le mandat a pris fin.
record-reason-other = Retiré par l’organisme.

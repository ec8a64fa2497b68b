# Words of records that are made anew with every build, unlike those of `signed.ftl`.

record-reason-error = Issued by mistake.
record-reason-superseded = Replaced by another badge.
record-reason-holder-request = Withdrawn at the holder's request.
record-reason-criteria-not-met = The criteria were not met.
record-reason-term-ended = The term of office has ended.
record-reason-other = Withdrawn by the issuer.

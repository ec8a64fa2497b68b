# What `accolade check` says. One message per code; `.label` stands below the excerpt, `.help` says what to do.

severity-error = error
severity-warning = warning

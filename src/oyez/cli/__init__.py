"""The command line: verbs that work on a running house, one file per group."""

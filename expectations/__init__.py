"""Whether this data is fit to be let in: the column contract and the Great Expectations suites, declared as data."""

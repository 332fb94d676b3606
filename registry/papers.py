"""What a paper's text says of a person: the questions the rules ask, and nothing else.

Text is as a reader of documents gave it: lines kept, columns parted by tabs. A wrong `agrees` is the worst error, so
whatever is not clear is `cannot_tell`.
"""

from registry.paper_addresses import address_on_paper
from registry.paper_dates import birth_date_on_identity, expiry_on_identity, statement_date
from registry.paper_names import name_on_paper
from registry.paper_words import Answer

__all__ = [
    "Answer",
    "address_on_paper",
    "birth_date_on_identity",
    "expiry_on_identity",
    "name_on_paper",
    "statement_date",
]

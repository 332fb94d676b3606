"""What a paper's text says of a person: the questions the rules ask, and nothing else.

Text is as a reader of documents gave it: lines kept, columns parted by tabs. A wrong `agrees` is the worst error, so
whatever is not clear is `cannot_tell`.
"""

from registry.paper_names import name_on_paper
from registry.paper_words import Answer

__all__ = ["Answer", "name_on_paper"]

"""Why a certificate cannot be drawn; each goes to a person, and none ever carries a personal value."""

import unicodedata

from tasks.errors import NutmegError


class EngravingError(NutmegError):
    """This order cannot become a certificate as it stands."""


class WordingError(EngravingError):
    """The certificate's words cannot be loaded; the message names the file and the key."""


class UnprintableTextError(EngravingError):
    """A character that no embedded font has, or one accent too many on a letter.

    `field` is the order's field (`name`, `address`), or `wording`; `code_point` is the character's number.
    """

    def __init__(self, field: str, code_point: int) -> None:
        self.field, self.code_point = field, code_point
        called = unicodedata.name(chr(code_point), "unnamed")
        super().__init__(
            f"certificate: {field}: U+{code_point:04X} ({called}) cannot be printed where it stands; "
            "correct the field, or add a font with this script to data/fonts."
        )

    def __reduce__(self) -> tuple[type["UnprintableTextError"], tuple[str, int]]:
        """Cross process borders with its parts."""
        return type(self), (self.field, self.code_point)


class TextDoesNotFitError(EngravingError):
    """A field that stays too long for its box after shrinking and breaking."""

    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__(
            f"certificate: {field}: too long for its box, even smaller and in several lines; "
            "shorten it, or have the certificate made by hand."
        )

    def __reduce__(self) -> tuple[type["TextDoesNotFitError"], tuple[str]]:
        """Cross process borders with its part."""
        return type(self), (self.field,)

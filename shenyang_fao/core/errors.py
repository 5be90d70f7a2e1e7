"""Refusals that a person can understand. Doors show them; they are never a server error."""


class Refusal(Exception):  # noqa: N818 - an answer to a person, not a fault of the program
    """An action was refused. The first argument is a translated sentence for the person who asked."""

    def __str__(self) -> str:
        return str(self.args[0])


class NotNow(Refusal):
    """The record is no longer, or not yet, in the state for this action."""


class TwoPersonRule(Refusal):
    """The same officer may not review and sign off."""

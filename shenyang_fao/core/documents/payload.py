"""What a letter is made of: the frozen payload. Its keys are a contract with every template of the same version."""

from typing import Literal, TypedDict

from shenyang_fao.core.bilingual import Pair


class Part(TypedDict):
    """A piece of a text: words, a date (ISO), or the name of a value that is missing, which only a specimen prints."""

    kind: Literal["text", "date", "missing"]
    value: str


class Words(TypedDict):
    """A text that officers wrote, its placeholders filled; no parts, no text."""

    zh: list[Part]
    en: list[Part]


class Texts(TypedDict):
    """The texts of a letter, templates from version 2 on."""

    opening: Words
    undertaking: Words
    note: Words


class Company(TypedDict):
    """The inviter; `uscc` is its unified social credit code."""

    name: Pair
    address: Pair
    phone: str
    uscc: str
    contact: str


class ItineraryDay(TypedDict):
    """One line of the programme; `on` is an ISO date."""

    on: str
    zh: str
    en: str


class Visit(TypedDict):
    """Why, when and where; dates are ISO dates."""

    reason: Pair
    relation: Pair
    places: Pair
    payer: Pair
    arrival_on: str
    departure_on: str
    stay_days: int
    itinerary: list[ItineraryDay]


class Invitee(TypedDict):
    """One person as the passport shows them; given names are empty for those who have a single name."""

    surname: str
    given_names: str
    native_name: str
    sex: Pair
    born_on: str
    nationality: Pair
    passport_number: str
    passport_expires_on: str
    employer: str
    job_title: str
    visa_post: Pair


class LetterPayload(TypedDict):
    """Everything a template prints. Rendering reads nothing else, so the same payload gives the same bytes.

    ``edition`` counts the letters of one visit, each in place of the one before; a ``specimen`` is marked across the page.
    """

    template: str
    number: str
    code: str
    verify_url: str
    issued_on: str
    lapses_on: str
    document_type: Pair
    office: Pair
    visa: Pair
    entries: Pair
    addressees: list[Pair]
    company: Company
    visit: Visit
    invitees: list[Invitee]
    demonstration: bool
    texts: Texts
    edition: int
    specimen: bool

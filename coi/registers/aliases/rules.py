"""What may be taught as a name, and how words are compared that are none. Pure."""

from hashlib import sha256

from coi.errors import RuleBroken
from coi.registers.aliases.vocabulary import AliasDetails
from coi.screening.aliases import MOST_WORDS, alias_key, alias_words
from coi.screening.interest_text import is_nil
from coi.screening.names import LINKS, words
from coi.screening.noise import is_noise

_LONGEST_KEY = 500  # what an index of the database holds in any alphabet


def check_alias(details: AliasDetails) -> None:
    """Raises RuleBroken, saying what to enter, for what is no name: no words, words that only tell ("partner at"), a whole text; and
    where nobody says how it is known. Rule: REG-01; RULEBOOK §24 (matching is by organisation)."""
    if not is_name(details.text):
        raise RuleBroken(
            f"Enter the name alone, as people write it, such as “Longfield Docs”. It has at most {MOST_WORDS} words",
            field="text",
        )
    if not details.why.strip():
        raise RuleBroken("Enter how you know what it means", field="why")


def is_name(text: str) -> bool:
    """Whether a text can be taught: it says more than a role, and no more than a name."""
    every = words(text)
    says = any(word.text not in LINKS and not is_noise(every, number) for number, word in enumerate(every))
    return says and not is_nil(text) and 0 < len(alias_words(text)) <= MOST_WORDS


def search_key(text: str) -> str:
    """Returns what two spellings of some words have in common, as the table keeps it: that of a name, and of a text that is none (no word
    at all, a whole paragraph) too."""
    key = alias_key(text) or text.strip().casefold()
    return key if len(key) <= _LONGEST_KEY else f"sha256 {sha256(key.encode()).hexdigest()}"

"""What the guidance in force says, as far as screening asks: how long things count, and what to suggest at which stage. Pure."""

import re
from dataclasses import dataclass

from coi.guidance.vocabulary import BodyType, RuleSet
from coi.screening.vocabulary import Level

RECENT_MONTHS = 6  # how long an ended interest still counts. Source: RULEBOOK §24 F5, §26 point 11
GIFT_MONTHS = 12  # how long a gift from a supplier does. Source: RULEBOOK §24 F5
_USUALLY = {  # Source: RULEBOOK §24, third column; nothing where the chair decides
    Level.UNKNOWN: (),
    Level.OWN_CONTRACT: ("A4", "A3"),
    Level.MATERIAL: ("A4", "A5"),
    Level.CLASS: ("A4", "A5"),
    Level.RELATED: ("A5", "A6"),
    Level.RESIDUAL: (),
}
_DESIGNING = {  # clinicians may help to design what they may not award. Source: RULEBOOK §16, §23 scenario 42
    Level.OWN_CONTRACT: ("A5", "A4"),
    Level.MATERIAL: ("A5", "A4"),
    Level.CLASS: ("A5", "A4"),
    Level.RELATED: ("A6", "A5"),
}
_CHOOSING = {  # whoever may gain from a competition is out of it. Source: RULEBOOK §23 scenarios 8, 35
    Level.MATERIAL: ("A4", "A3"),
    Level.RELATED: ("A4", "A5"),
}
_BY_STAGE = {
    "strategy": _DESIGNING, "design": _DESIGNING, "specification": _DESIGNING,
    "evaluation": _CHOOSING, "award": _CHOOSING,
}  # fmt: skip

_DORMANT = re.compile(r"\b(?:[Dd]ormant|DORMANT|[Oo]pted out)\b")
_AWAKE = re.compile(r"\b(?:not|no longer|never)\s+(?:been\s+)?(?:dormant|opted out)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Terms:
    """What one screening goes by. `lets_discuss`: a body where knowledge of the trade is wanted in the discussion and nobody is
    out of it for their role alone (an ICB). `own_bodies`: keys of the bodies whose meeting it is: a post there is no interest."""

    recent_months: int = RECENT_MONTHS
    gift_months: int = GIFT_MONTHS
    lets_discuss: bool = False
    own_bodies: frozenset[str] = frozenset()

    def suggested(self, level: Level, stage: str, *, by_network: bool) -> tuple[str, ...]:
        """Returns the actions to suggest for a level at a stage of the matter, likeliest first. `by_network`: the interest
        is in a member of the network concerned. Rule: MTG-08; RULEBOOK §24, §16, §23 scenario 35."""
        usual = _BY_STAGE.get(stage, {}).get(level) or _USUALLY[level]
        if self.lets_discuss and by_network and level is Level.MATERIAL and stage not in ("evaluation", "award"):
            return ("A5", "A4")
        return usual


def terms_of(rules: RuleSet) -> Terms:
    """Returns what a rule-set says to screening; where it sets no figure, the figures of RULEBOOK §24."""
    return Terms(
        recent_months=rules.public_after_expiry_months or RECENT_MONTHS,
        gift_months=rules.number("gift_cumulative_months") or GIFT_MONTHS,
        lets_discuss=rules.body_type is BodyType.ICB,
    )


def says_dormant(text: str) -> bool:
    """Returns whether a text calls a share dormant, or says that somebody opted out of what it earns: it is declared and flagged all the
    same, and called so. Source: RULEBOOK §23 scenario 6."""
    return bool(_DORMANT.search(text)) and not _AWAKE.search(text)

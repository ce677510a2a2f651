"""The field that picks an organisation without JavaScript: words and a "Find" button, then a list of hits, with "none of these". Draw
it with `organisation_picker` of organisations/picker.html."""

import uuid
from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from typing import Any

from wtforms import Field
from wtforms.validators import StopValidation

from coi import clock
from coi.organisations.naming import folded
from coi.organisations.queries import by_code, organisations
from coi.organisations.search import near, search
from coi.organisations.taught import taught
from coi.organisations.vocabulary import OrganisationHit, OrganisationKind, PickedOrganisation
from coi.screening.names import spoken
from coi.web.forms import Form, cleaned

KEEP_WORDS = "words"
AS_DECLARED = "as "  # before the words of somebody else that are chosen
MOST_HITS = 8
LONGEST = 200
Finder = Callable[[str], Sequence[OrganisationHit]]
Wording = Callable[[str], Sequence[str]]


class OrganisationPicker(Field):
    """One organisation, or the user's own words. `data` is a PickedOrganisation, None where nothing was typed. `area` (commissioners'
    codes) puts the own area first; `kinds` narrows the search. With `needs_organisation`, words alone are not enough; with
    `asks_near`, words that find nothing while other names are like them are kept only by choosing to, beside those names; with
    `asks_unfound`, words that find nothing at all too. With `takes_certain`, whoever alone is called so is chosen without asking, and
    `why` says by what: for forms whose answers are checked before they count. `declared_like` finds words that others used and nobody
    matched: one may be taken instead of the own, so that both are the same. What the body was taught that the words mean stands first."""

    shape = "organisation"

    def __init__(
        self,
        label: str | None = None,
        validators: Sequence[Any] = (),
        *,
        kinds: Collection[OrganisationKind] = (),
        area: Collection[str] = (),
        needs_organisation: bool = False,
        asks_unfound: bool = False,
        asks_near: bool = False,
        takes_certain: bool = False,
        **options: Any,
    ) -> None:
        self.takes_certain, self.why = takes_certain, ""
        self.subject: str | None = options.pop("subject", None)
        self.kinds, self.area, self.needs_organisation = kinds, area, needs_organisation
        self.asks_unfound, self.asks_near, self.is_unfound = asks_unfound, asks_near or asks_unfound, False
        self.text, self.asked, self.choice = "", "", ""
        self.is_finding = False
        self._hits: Sequence[OrganisationHit] | None = None
        self.declared_like: Wording = _nothing_declared
        super().__init__(label, list(validators), **options)

    @property
    def is_answered(self) -> bool:
        return bool(self.text)

    @property
    def control_id(self) -> str:
        return f"{self.id}-choice" if self.shows_hits and self.offers else f"{self.id}-text"

    @property
    def shows_hits(self) -> bool:
        """Whether there is a list to choose from: the words on the screen were looked up."""
        return bool(self.text) and (self.asked == self.text or self.is_finding or bool(self.errors))

    @property
    def is_first_look(self) -> bool:
        """Whether these words found something, and nobody was shown what yet."""
        return bool(self.text) and self.asked != self.text and len(self.text) <= LONGEST and self.offers

    def show_found(self) -> None:
        """Asks which one is meant, as an ordinary question. One that has exactly this name, or code, is chosen already."""
        self.errors, self.is_finding = [], True
        words = folded(self.text)
        exact = [hit for hit in self.hits if words in (folded(hit.name), folded(hit.code or ""))]
        if self.taught is not None or len(exact) == 1:
            self.choice = str((self.taught or exact[0]).id)

    def look_up(self, words: str) -> None:
        """Begins with words and what they find, where nothing was typed or sent."""
        if words and self.raw_data is None and not self.text:
            self.text = " ".join((cleaned(words) or "").split())[:LONGEST]
            self.show_found()

    def _certain(self) -> OrganisationHit | None:
        """The open organisation that alone bears these words as its full name, or has them as its code; a practice or network only in the
        own area. Somebody else who bore the name makes it uncertain. What the body was taught is certain. Rule: MTG-02; RULEBOOK §24
        (matching is by organisation)."""
        if self.taught is not None and not self.taught.is_closed:
            return self.taught
        words = folded(self.text)
        called = [
            hit for hit in self.hits if words in (folded(each or "") for each in (hit.code, hit.name, hit.matched_name))
        ]
        if len(called) != 1 or called[0].is_closed or words == folded(called[0].matched_name):
            return None
        if called[0].kind not in (OrganisationKind.PRACTICE, OrganisationKind.PCN) or words == folded(
            called[0].code or ""
        ):
            return called[0]
        return called[0] if called[0].area in {each.name for each in map(by_code, self.area) if each} else None

    @property
    def hits(self) -> Sequence[OrganisationHit]:
        """What the words find, at most MOST_HITS; an organisation that was chosen before comes first, found or not."""
        if self._hits is None:
            found = list(search(self.text, kinds=self.kinds, area=self.area, on=clock.today(), limit=MOST_HITS + 1))
            is_chosen = not self.is_finding and self.choice in {str(hit.id) for hit in found}
            if not is_chosen and self.taught is not None:  # nobody asks for a lesson where the choice is made
                found = [self.taught, *(hit for hit in found if hit.id != self.taught.id)]
            if not found and self.asks_near:
                found = near(self.text, kinds=self.kinds) if len(self.text) <= LONGEST else []
                self.is_unfound = self.asks_unfound or bool(found)
            self._hits = [*self._chosen_before(found), *found]
        return self._hits[:MOST_HITS]

    @property
    def offers(self) -> bool:
        """Whether there is something to choose: organisations, or to keep words that find none."""
        return bool(self.hits) or self.is_unfound or bool(self.declared)

    @cached_property
    def taught(self) -> OrganisationHit | None:
        """What the body was taught that these words mean, where it may be chosen here."""
        found = taught(self.text) if len(self.text) <= LONGEST else None
        return found if found is None or not self.kinds or found.kind in self.kinds else None

    @cached_property
    def declared(self) -> Sequence[str]:
        """The words of others that may mean the same, and are not the same."""
        return self.declared_like(self.text) if 0 < len(self.text) <= LONGEST else ()

    @property
    def kept_words(self) -> str:
        """What to store beside the choice: the name of the organisation that was chosen, and the user's own words where none was, or
        where they stand as they were."""
        chosen = None if self.data is None or self.data == self.object_data else self.data.organisation_id
        own = self.choice.removeprefix(AS_DECLARED) if self.choice.startswith(AS_DECLARED) else self.text
        return next((hit.name for hit in self.hits if hit.id == chosen), own)

    @property
    def has_more(self) -> bool:
        """Whether more was found than is shown."""
        return bool(self.hits) and self._hits is not None and len(self._hits) > MOST_HITS

    def process(self, formdata: Any, data: Any = object, extra_filters: Any = None) -> None:  # noqa: ARG002 - WTForms' own
        """Reads the words, the words that the list was for, the choice, and whether "Find" was pressed."""
        self.process_errors = []
        self.object_data = self.data = data if isinstance(data, PickedOrganisation) else None
        if self.data is not None:
            self.text = self.asked = self.data.text
            self.choice = str(self.data.organisation_id or KEEP_WORDS)
        if formdata is None or f"{self.name}-text" not in formdata:
            return
        self.text = " ".join((cleaned(formdata.get(f"{self.name}-text")) or "").split())[: LONGEST + 1]
        self.asked = formdata.get(f"{self.name}-asked", "")
        self.choice = formdata.get(f"{self.name}-choice", "") if self.asked == self.text else ""
        self.is_finding = f"{self.name}-find" in formdata
        self.raw_data = [self.text]
        if self.is_finding and self.taught is not None and not self.choice:
            self.choice = str(self.taught.id)
        self.data = self._read()

    def _read(self) -> PickedOrganisation | None:
        if not self.text:
            return None
        try:
            return PickedOrganisation(self.text, uuid.UUID(self.choice))
        except ValueError:
            return PickedOrganisation(self.text)

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002 - WTForms' own
        """Asks for a choice where there is one to make."""
        if not self.text:
            return
        if len(self.text) > LONGEST:
            raise StopValidation(f"Enter {LONGEST} characters or fewer")
        if not self.offers:
            if self.needs_organisation:
                raise StopValidation(
                    "No organisation was found. Try another part of the name, the postcode or the ODS code"
                )
            return
        if self.takes_certain and self.is_first_look and (certain := self._certain()):
            self.choice, self.data = str(certain.id), PickedOrganisation(self.text, certain.id)
            self.why = _known_by(certain)
            return
        allowed = {str(hit.id) for hit in self.hits} | {f"{AS_DECLARED}{each}" for each in self.declared}
        allowed |= set() if self.needs_organisation else {KEEP_WORDS}
        if self.choice not in allowed and self.is_unfound:
            raise StopValidation("No organisation with this name was found. Select one below" + self._or_words)
        if self.choice not in allowed:
            raise StopValidation(f"Select the organisation that you mean{self._or_words}")

    @property
    def _or_words(self) -> str:
        return "" if self.needs_organisation else ", or keep your own words"

    def _chosen_before(self, found: Sequence[OrganisationHit]) -> list[OrganisationHit]:
        """The organisation that the form started with, where the search does not find it: its name may have changed."""
        started = self.object_data.organisation_id if isinstance(self.object_data, PickedOrganisation) else None
        if started is None or started in {hit.id for hit in found}:
            return []
        return [
            OrganisationHit(each.id, each.code, each.name, each.kind, each.town, each.postcode)
            for each in organisations([started]).values()
        ]


def _nothing_declared(text: str) -> Sequence[str]:  # noqa: ARG001 - most forms look only among organisations
    return ()


def _known_by(hit: OrganisationHit) -> str:
    """What tells people that it is the right one, where nobody chose it from a list."""
    if hit.taught:
        return f"{hit.name}: {hit.taught}"
    where = f" in {spoken(hit.town)}" if hit.town else ""
    return f"{hit.kind_words}{where}{f', {hit.code}' if hit.code else ''}: found by its full name or code"


class PickingForm(Form):
    """A form with pickers: pressing "Find", or going on with words that were not looked up yet, shows what was found and complains about
    nothing."""

    @property
    def is_finding(self) -> bool:
        return any(isinstance(field, OrganisationPicker) and field.is_finding for field in self)

    def validate_on_submit(self, extra_validators: Any = None) -> bool:
        """Returns whether the form was sent and is right; False, without errors, where a "Find" button was pressed, and where nothing is
        missing but the choice from a list that was not shown yet."""
        if self.is_submitted() and self.is_finding:
            return False
        is_right = bool(super().validate_on_submit(extra_validators))
        wrong = [field for field in self if field.errors]
        if wrong and all(isinstance(field, OrganisationPicker) and field.is_first_look for field in wrong):
            for field in wrong:
                field.show_found()
        return is_right

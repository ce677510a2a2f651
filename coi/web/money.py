"""Sums of money in forms: pounds and pence as people type them."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from coi.web.forms import AtMost, TextField, subject_of


class MoneyField(TextField):
    """Pounds, or pounds and pence, typed as text: "50", "£1,200.50". `data` is a Decimal or None."""

    input_mode = "decimal"
    answer = "The amount"

    def __init__(
        self,
        label: str | None = None,
        validators: Sequence[Any] = (),
        *,
        most: int = 999_999_999,
        **options: Any,
    ) -> None:
        self.most = most
        super().__init__(label, [*validators], **{"width": "10", **options})
        self.validators = [each for each in self.validators if not isinstance(each, AtMost)]

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{self.data:f}"

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist or [""])
        typed = (self.data or "").replace(",", "").replace(" ", "").removeprefix("£")
        self.data = None
        if not typed:
            return
        if not re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,2})?", typed):
            raise ValueError(f"{subject_of(self)} must be pounds and pence, like 50 or 49.99")
        if Decimal(typed) > self.most:
            raise ValueError(f"{subject_of(self)} must be £{self.most:,} or less")
        self.data = Decimal(typed)

"""The figures that are promised, and what each may be at most (or at least). README.md says what each is."""

from dataclasses import dataclass

DATABASES = ("sqlite", "postgresql")


@dataclass(frozen=True)
class Target:
    """A bound on one figure."""

    figure: str
    bound: float
    at_least: bool = False

    def is_met(self, value: float) -> bool:
        return value >= self.bound if self.at_least else value <= self.bound

    @property
    def words(self) -> str:
        return f"{'at least' if self.at_least else 'at most'} {self.bound:g}"


def _on_both(figure: str, bound: float) -> list[Target]:
    return [Target(figure.format(database), bound) for database in DATABASES]


TARGETS = (
    *_on_both("page_agenda_{}", 4),
    *_on_both("page_register_{}", 2),
    *_on_both("post_item_added_{}", 1.4),
    *_on_both("post_item_changed_{}", 1.4),
    *_on_both("post_person_entered_{}", 1.4),
    Target("pdf_tagged_over_untagged", 2),
    Target("screen_1000x40_cpu", 6),
    Target("screen_1000x40_memory", 300),
    *_on_both("import_{}_wall", 20),
    *_on_both("import_{}_peak_memory", 300),
    *_on_both("web_worker_{}", 150),
    *_on_both("web_worker_{}_peak", 150),
)

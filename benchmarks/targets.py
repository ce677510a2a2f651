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
    *_on_both("rescreen_one_item_60_people_{}", 30),
    *_on_both("page_grid_{}", 4),
    *_on_both("page_register_{}", 2),
    *_on_both("post_item_added_{}", 1.4),
    *_on_both("post_item_changed_{}", 1.4),
    *_on_both("post_person_entered_{}", 1.4),
    *_on_both("public_page_{}", 2),
    *(target for number in range(1, 8) for target in _on_both(f"public_search_{number}_{{}}", 3)),
    *_on_both("public_growth_{}", 1.25),
    *_on_both("public_csv_{}", 1.6),
    *_on_both("register_import_{}_cpu", 60),
    Target("public_xlsx_5000_memory", 150),
    Target("public_pdf_5000_memory", 150),
    Target("public_files_5000_memory", 150),
    Target("pdf_tagged_over_untagged", 2),
    Target("screen_1000x40_cpu", 6),
    Target("screen_1000x40_memory", 300),
    Target("screen_20000x40_over_allowance", 1),
    Target("screen_20000x40_4_classes_over_allowance", 1),
    Target("screen_twice_the_interests", 2.2),
    Target("screen_twice_the_items", 2.2),
    Target("screen_one_item_60_members", 30),
    Target("screen_examples_cpu", 5),
    Target("index_built", 5),
    Target("index_memory", 200),
    Target("index_again", 0.5),
    Target("match_new_text", 2),
    Target("match_exact_text", 0.1),
    Target("match_every_name_over_new_text", 10, at_least=True),
    *(Target(f"match_held_{figure}", 95, at_least=True) for figure in ("precision", "recall", "left_alone")),
    *(Target(f"match_hand_held_{figure}", 95, at_least=True) for figure in ("recall", "left_alone")),
    Target("pairs_held_found", 98, at_least=True),
    Target("pairs_held_own_contract_found", 100, at_least=True),
    Target("pairs_held_named_rightly", 95, at_least=True),
    Target("pairs_held_false", 2),
    *_on_both("import_{}_wall", 20),
    *_on_both("import_{}_peak_memory", 300),
    *_on_both("web_worker_{}", 150),
    *_on_both("web_worker_{}_peak", 150),
)

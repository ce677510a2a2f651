"""Invented practices, networks and trusts for the screening tests."""

from datetime import date

from coi.screening.matching_vocabulary import Dated, ReferenceOrganisation

HERE, THERE = "99Z", "98Z"


def practice(
    code: str, name: str, town: str = "Marlow Bridge", area: str = HERE, **details: object
) -> ReferenceOrganisation:
    """Returns a practice in `town`, of the commissioner `area`."""
    facts: dict[str, object] = {
        "town": town.upper(), "address": ("1 STATION ROAD", town.upper()), "postcode": "",
        "areas": (Dated(area, date(2013, 4, 1)),),
    }  # fmt: skip
    return ReferenceOrganisation(code=code, name=name, kind="practice", **{**facts, **details})  # type: ignore[arg-type]


ORGANISATIONS = (
    practice("Z10001", "QUILLBROOK MEDICAL CENTRE", "Tarnwick", postcode="ZZ1 1AA"),
    practice("Z10002", "THE OSTERLEIGH SURGERY", "Tarnwick"),
    practice("Z10003", "HOLLIN LANE SURGERY", "Penmarsh"),
    practice("Z10004", "HOLLIN LANE SURGERY", "Costerby", area=THERE),
    practice("Z10005", "HARROWGATE FARM PRACTICE", "Penmarsh", former_names=("DR TREMLETT'S PRACTICE",)),
    practice("Z10006", "BARNFIELD SURGERY", "Penmarsh"),
    practice("Z10007", "BARNFIELD SURGERY", "Tarnwick"),
    practice("Z10008", "ELDERMERE HEALTH CENTRE", "Penmarsh", status="closed", closed_on=date(2024, 6, 30)),
    practice("Z10009", "PENTREGLAS & UPPER SAINTBURY SURGERY", "Saintbury"),
    practice("Z10010", "THE SURGERY", "Penmarsh"),
    practice("Z10011", "THE SURGERY", "Tarnwick"),
    practice("Z10012", "WHITTLESTONE SURGERY", "Costerby", area=THERE),
    practice("Z10013", "LOXBRIDGE PARTNERSHIP", "Loxbridge"),
    practice("Z10014", "ROYAL TERN SURGERY", "Penmarsh"),
    practice("Z10015", "SALTERN HEALTH GROUP-WIDDERBY MEDICAL CTR", "Penmarsh"),
    practice("Z10016", "DR OKONEDO'S PRACTICE", "Penmarsh", address=("7 THE GOSLINGS", "CROPWELL", "PENMARSH")),
    practice("Z10017", "SALTERN MEDICAL GROUP", "Farby", area="97Z"),
    practice("Z10018", "CHURCH STREET SURGERY", "Tarnwick"),
    practice("Z10019", "WILLOWDENES SURGERY", "Penmarsh"),
    practice("Z10020", "WILLOWDENE SURGERY", "Farby", area="97Z"),
    practice("Z10021", "TARN SOUTHFIELD SURGERY", "Penmarsh"),
    practice("Z10022", "LARKSPUR RISE CLOSE SURGERY", "Penmarsh"),
    practice("Z10023", "EASTWITHY SURGERY", "Eastwithy"),
    practice("Z10024", "NORTH BRIDGE HEALTH CENTRE", "Penmarsh"),
    practice("Z10025", "WEIR HEALTH CARE CIC", "Farby", area="97Z"),
    practice("Z10026", "WEIR HEALTH CARE CIC", "Costerby", area=THERE),
    ReferenceOrganisation(
        "ZT6", "ST OSYTH'S UNIVERSITY HOSPITALS NHS TRUST", "trust", address=("MILL ROAD", "FENBY", "WEX")
    ),
    ReferenceOrganisation("ZT2", "WEXCOMBE HALE UNIVERSITY HOSPITALS NHS FOUNDATION TRUST", "trust", geography="QZZ"),
    ReferenceOrganisation(
        "ZT3",
        "MARLOW ACUTE HOSPITALS NHS TRUST",
        "trust",
        geography="QZZ",
        address=("MARLOW ROYAL INFIRMARY", "MARLOW"),
    ),
    ReferenceOrganisation("ZT4", "MARLOW VALE HEALTHCARE UNIVERSITY NHS FOUNDATION TRUST", "trust", geography="QZZ"),
    ReferenceOrganisation("ZT5", "UNIVERSITY HOSPITALS MARLOW VALE NHS FOUNDATION TRUST", "trust", geography="QZZ"),
    ReferenceOrganisation("Z90004", "PENMARSH DUNLEY AND CROPWELL PCN", "pcn", areas=(Dated(HERE),)),
    ReferenceOrganisation("Z90001", "TARNWICK PCN", "pcn", areas=(Dated(HERE),)),
    ReferenceOrganisation("Z90002", "ELM AND ASH (NORTH) PCN", "pcn", areas=(Dated(HERE),)),
    ReferenceOrganisation("Z90003", "ELM AND ASH (SOUTH) PCN", "pcn", areas=(Dated(HERE),)),
    ReferenceOrganisation("ZT1", "MARLOW AND TARNWICK UNIVERSITY NHS FOUNDATION TRUST", "trust", geography="QZZ"),
    ReferenceOrganisation(HERE, "NHS MARLOW ICB - 99Z", "commissioner", geography="QZZ"),
    ReferenceOrganisation(THERE, "NHS COSTERBY CCG", "commissioner", geography="QYY"),
)

"""How the path of a flag begins: with its person, or with somebody whose interest counts for theirs."""

from coi.meetings.conflicts.beginnings import after_name, for_the_member, noted, whose

WHO = "Dr Ash"
OWN = (WHO, "owner of Elm", "bidder in item 7")
SPOUSE = (f"{WHO}’s spouse", *OWN[1:])
DEPUTY = (f"{WHO} → deputy for Mr Dale → Mr Dale’s spouse", *OWN[1:])


def test_beside_the_name_a_path_says_whose_the_interest_is_where_it_is_not_the_persons_own():
    assert after_name(OWN, WHO) == ("owner of Elm", "bidder in item 7")
    assert after_name(SPOUSE, WHO) == ("their spouse", "owner of Elm", "bidder in item 7")
    assert after_name(DEPUTY, WHO) == ("deputy for Mr Dale → Mr Dale’s spouse", "owner of Elm", "bidder in item 7")
    assert after_name((), WHO) == ()


def test_what_somebody_did_on_the_matter_is_told_of_them_and_not_of_their_spouse_or_the_member_they_stand_for():
    notes = ("wrote the case",)
    assert noted(OWN, WHO, notes)[0] == "Dr Ash, who wrote the case"
    assert noted(SPOUSE, WHO, notes)[0] == "Dr Ash, who wrote the case → Dr Ash’s spouse"
    assert noted(DEPUTY, WHO, notes)[0] == "Dr Ash, who wrote the case → deputy for Mr Dale → Mr Dale’s spouse"
    assert whose(noted(DEPUTY, WHO, notes), WHO) == "deputy for Mr Dale → Mr Dale’s spouse"
    assert noted(DEPUTY, WHO, ()) is DEPUTY


def test_the_minutes_say_of_a_deputy_for_whom_the_interest_counts():
    assert for_the_member(DEPUTY, WHO, "Owns Elm") == "deputy for Mr Dale, whose interest it is: Owns Elm"
    assert for_the_member(SPOUSE, WHO, "Owns Elm") == for_the_member(OWN, WHO, "Owns Elm") == "Owns Elm"

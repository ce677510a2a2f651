"""What a mail with a link to declare says. Pure."""

from coi.registers.interests.link_vocabulary import LinkPurpose

SUBJECTS = {
    LinkPurpose.INVITATION: "Declare your interests to {body}",
    LinkPurpose.CONFIRMATION: "Confirm your interests for {body}",
    LinkPurpose.DECLARATION: "Declare your interests to {body}",
    LinkPurpose.SIGNING: "A declaration of interests waits for your signature",
    LinkPurpose.LEAVING: "Your interests when you leave {body}",
    LinkPurpose.GIFT: "Declare a gift or hospitality to {body}",
    LinkPurpose.QUESTION: "A question about your interests, from {body}",
}
_ASKS = {
    LinkPurpose.INVITATION: "{body} asks you to declare your interests, or to say that you have none.",
    LinkPurpose.CONFIRMATION: "{body} asks you to look at what its register says about you, and to confirm it or put it right.",
    LinkPurpose.DECLARATION: "With this link you can declare to {body} what is new or has changed.",
    LinkPurpose.SIGNING: "{by} prepared a declaration of your interests for {body}. Read it, change what is wrong, and sign it. "
    "Nobody else can sign it.",
    LinkPurpose.GIFT: "With this link you can declare to {body} what you were offered: a gift, a meal, travel or the like.",
    LinkPurpose.QUESTION: "{body} has a question for you that came from a public list, and would be glad of an answer.",
    LinkPurpose.LEAVING: "You are leaving {body}. Look a last time at what its register says about you.",
}
_TEXT = """Dear {name},

{asks}

It takes a few minutes, and you do not need an account:
{url}

The link is yours alone. It works until you have sent the declaration, and no longer than {until}.
Opening it changes nothing. If you did not expect this mail, write to {contact}."""


def mail_of(
    purpose: LinkPurpose, *, name: str, body: str, url: str, until: str, contact: str, by: str = ""
) -> tuple[str, str]:
    """Returns the subject and the text of a mail with a link. `by`: who prepared the draft that is to be signed."""
    asks = _ASKS[purpose].format(body=body, by=by)
    text = _TEXT.format(name=name, asks=asks, url=url, until=until, contact=contact or body)
    return SUBJECTS[purpose].format(body=body), text

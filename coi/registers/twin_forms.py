"""The form that sends a declaration, and says of what looks the same as an entry that it is another one."""

from wtforms import BooleanField

from coi.web.forms import Form


class CheckForm(Form):
    """Sends the answers. The box stands there only where something looks the same."""

    is_another = BooleanField("It is not the same. Put it on the register as well")

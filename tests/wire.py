"""A client that speaks Streamlit's own protocol by hand, and so sends what no page of ours would."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect

from pages.ui.visitor import PERSON_COOKIE

SECONDS = 30


class Wire:
    """One open page of one person."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket

    def run(self, page: str, widgets: Mapping[str, Any] | None = None, query: str = "") -> list[Element]:
        """Have the page run with these widget states, as a browser would; what it draws."""
        message = BackMsg()
        asked = message.rerun_script
        asked.page_name, asked.query_string = page, query
        for id_, value in (widgets or {}).items():
            asked.widget_states.widgets.append(_state(id_, value))
        self.socket.send(message.SerializeToString())
        return list(self._drawn())

    def _drawn(self) -> Iterator[Element]:
        while True:
            message = ForwardMsg()
            message.ParseFromString(self.bytes())
            kind = message.WhichOneof("type")
            if kind == "delta" and message.delta.WhichOneof("type") == "new_element":
                yield message.delta.new_element
            if kind == "script_finished":
                return

    def bytes(self) -> bytes:
        """The next message as it came."""
        received = self.socket.recv(SECONDS)
        assert isinstance(received, bytes)
        return received


def _state(id_: str, value: Any) -> WidgetState:
    if value is True:
        return WidgetState(id=id_, trigger_value=True)
    if isinstance(value, list):
        return WidgetState(id=id_, string_array_value={"data": value})
    return WidgetState(id=id_, string_value=value)


@contextmanager
def wire(address: str, person: str = "", headers: Mapping[str, str] | None = None) -> Iterator[Wire]:
    """A socket to the server at `address`, of the browser that is `person`."""
    cookie = {"Cookie": f"{PERSON_COOKIE}={person}"} if person else {}
    url = address.replace("http://", "ws://") + "/_stcore/stream"
    with connect(
        url,
        subprotocols=["streamlit", "none"],
        additional_headers={**cookie, **(headers or {})},
        max_size=None,  # type: ignore[list-item]
    ) as socket:
        yield Wire(socket)


def widget(drawn: list[Element], kind: str, label: str) -> Any:
    """The first widget of that kind whose label begins so."""
    found = (getattr(each, kind) for each in drawn if each.WhichOneof("type") == kind)
    return next(each for each in found if each.label.startswith(label))

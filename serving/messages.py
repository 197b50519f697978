"""What a browser may say through its websocket: of Streamlit's messages, those that the dashboard's pages need.

Streamlit obeys each of them from whoever has opened a websocket, also before anybody signed in: one empties every viewer's
caches, one tells what lies in the program's folder, one hands out a file, one draws a part of a page without the page.
"""

from __future__ import annotations

from streamlit.proto.BackMsg_pb2 import BackMsg

_ALWAYS = ("rerun_script", "stop_script", "app_heartbeat")
"""Of everybody: a whole run of the app asks who is there, and shows the sign-in to whoever is nobody."""
_OF_A_PAGE = ("file_urls_request", "backend_operation_request")
"""Of whoever has duties now: where to put a file, and what a page offers to be fetched."""
_FETCHED = ("deferred_file", "dataframe_chunk")
"""What may be fetched so: a file made when it is asked for, and the further rows of a table."""


def read(message: bytes) -> BackMsg | None:
    """A message of the browser; None for what is none, which the app's own server answers."""
    told = BackMsg()
    try:
        told.ParseFromString(message)
    except Exception:  # protobuf has a class of its own for it
        return None
    return told


def by_a_person(message: bytes) -> bool:
    """Whether a message of the browser was brought about by a person, not by the timer of a live part."""
    told = read(message)
    return told is not None and is_a_run(told) and not told.rerun_script.is_auto_rerun


def is_a_run(told: BackMsg) -> bool:
    """Whether it asks for a page or a part of one."""
    return told.WhichOneof("type") == "rerun_script"


def is_known(told: BackMsg) -> bool:
    """Whether the dashboard's pages ever say this."""
    kind = told.WhichOneof("type")
    if kind == "backend_operation_request":
        return told.backend_operation_request.WhichOneof("payload") in _FETCHED
    return kind in _ALWAYS or kind in _OF_A_PAGE


def is_of_a_page(told: BackMsg) -> bool:
    """Whether it goes to what a page left behind, where nobody asks who is there: so it is asked before."""
    kind = told.WhichOneof("type")
    return kind in _OF_A_PAGE or (is_a_run(told) and bool(told.rerun_script.fragment_id))


def instead(told: BackMsg) -> bytes | None:
    """What is passed on of it for whoever has no duties any more: the whole page in place of a part, else nothing."""
    if not is_a_run(told):
        return None
    told.rerun_script.fragment_id = ""
    return told.SerializeToString()

"""Mentor Desk: served by `streamlit run app.py`, and the script that each visitor's page runs through.

As a server it is an `st.App`: security headers, the routes of signing in, the hook for errors and the warm-up.
As a script it finds the visitor, then shows the sign-in page or the page asked for. One file serves both,
because Streamlit runs the file it was started with.
"""

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

if get_script_run_ctx(suppress_warning=True) is None:
    from pages.ui import server

    # Streamlit would run files of a folder named pages/ by itself, past this one (tests/test_app.py).
    PagesManager.uses_pages_directory = False
    app = st.App(
        __file__,
        routes=server.ROUTES,
        middleware=server.MIDDLEWARE,
        lifespan=server.lifespan,
        on_script_error=server.on_script_error,
    )
else:
    from pages.ui import shell

    shell.run()

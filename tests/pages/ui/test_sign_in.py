"""What the sign-in page costs: nobody waits for pandas to read two words (design 8)."""

import subprocess
import sys
from pathlib import Path

from tests.cast import new_workbook
from tests.desk import ROOT

SCRIPT = """
import sys
from streamlit.testing.v1 import AppTest
from pages.ui import server, visitor
visitor.is_at_this_machine = lambda: True
test = AppTest.from_file("app.py", default_timeout=60).run()
assert not test.exception, test.exception
assert len(test.button) == 7, test.button
print(sorted({"pandas", "pandera", "altair", "docx", "openpyxl"} & set(sys.modules)))
"""


def test_the_sign_in_page_loads_neither_pandas_nor_pandera_nor_altair(tmp_path: Path) -> None:
    path = tmp_path / "workbook.sqlite3"
    new_workbook(path)
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=ROOT,
        env={"MENTOR_DESK_STORE": str(path), "PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.strip() == "[]"

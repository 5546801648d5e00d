"""What is read as a journal, and what is refused."""

import os
from pathlib import Path

import pytest

from scenarios.journal.reader import JournalError, header
from tests.journals import BEGAN, load
from tests.workspaces import opened


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    with pytest.raises(JournalError, match="not a regular file"):
        load(tmp_path / "fifo")
    with pytest.raises(JournalError, match="No such file"):
        load(tmp_path / "none")
    with pytest.raises(JournalError, match=r"cannot be read|regular"):
        load(tmp_path)


def test_a_gigabyte_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large"
    with path.open("wb") as file:
        file.write(header(opened("model1"), BEGAN))
        file.truncate(2**30)
    with pytest.raises(JournalError, match="larger than 64 MB"):
        load(path)

"""A house whose keys lie in a file, as those of a real one do: one key, k1."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from oyez.kit.keys import KeyFile
from oyez.kit.seal import new_key


def a_key_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> KeyFile:
    """In this folder; heeded until the test is over."""
    path = folder / "seal.keys"
    path.write_text(new_key("k1"))
    path.chmod(0o600)
    file = KeyFile(path)
    monkeypatch.setattr(settings, "OYEZ_SEAL_KEYS", file)
    return file

"""Preferences of the window, kept as a small JSON file. Holds no name, token or path of evidence."""

import json
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from workbench.paths import settings_file


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`theme` is system, light, dark or high_contrast; `text_percent` 100 to 200; `window` width and height."""

    theme: str = "system"
    text_percent: int = 100
    single_letter_keys: bool = True
    cite_seconds: int = 10
    window: tuple[int, int] = (1366, 720)

    def with_(self, **changes: Any) -> "Settings":
        """A copy with some preferences changed."""
        return replace(self, **changes)


def load_settings(profile: Path) -> Settings:
    """The settings of this profile; defaults for what is missing or unreadable."""
    try:
        found = json.loads(settings_file(profile).read_text("utf-8"))
    except (OSError, ValueError):
        return Settings()
    if not isinstance(found, dict):
        return Settings()
    return Settings(**{name: value for name, value in _known(found).items() if value is not None})


def save_settings(profile: Path, settings: Settings) -> None:
    """Write the settings whole. A folder that cannot be written to costs the preference, never the work."""
    target = settings_file(profile)
    draft = target.with_suffix(".new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(json.dumps(asdict(settings), indent=1) + "\n", "utf-8")
        draft.replace(target)
    except OSError:
        return


def _known(found: dict[str, Any]) -> dict[str, Any]:
    return {field.name: _fitting(field.name, found.get(field.name)) for field in fields(Settings)}


def _fitting(name: str, value: Any) -> Any:
    default = getattr(Settings(), name)
    if name == "window":
        is_pair = isinstance(value, list) and len(value) == 2 and all(type(side) is int for side in value)
        return tuple(max(side, 320) for side in value) if is_pair else None
    if type(value) is not type(default):
        return None
    if name == "text_percent":
        return min(200, max(100, value))
    if name == "cite_seconds":
        return min(30, max(0, value))
    return value

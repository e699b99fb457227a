"""Where a profile keeps its things. The only module that knows the layout of the profile folder."""

from pathlib import Path


def default_profile() -> Path:
    """The profile folder of this user on this system."""
    import platformdirs

    return platformdirs.user_data_path("assessor-workbench", appauthor=False)


def settings_file(profile: Path) -> Path:
    """Preferences of the window; holds no name, token or path of evidence."""
    return profile / "settings.json"


def accounts_folder(profile: Path) -> Path:
    """One folder per account inside."""
    return profile / "accounts"

"""The tree of errors: problems we know how to explain, apart from bugs.

A `KnownError` is about the world (network, file, permission, other people's data). Its text is
for the person: what happened, what is safe, what to do. Anything else that is raised is a bug.

    KnownError
     ├─ DataError        outside data breaks a rule: names file, place and rule
     ├─ NetworkError     the platform could not be reached, or the answer broke off
     ├─ PlatformError    the platform answered, and the answer is a refusal or is no answer
     │   └─ SignedOutError
     ├─ StorageError     disk full, folder not writable, database damaged
     │   ├─ ProfileInUseError
     │   └─ NewerStoreError
     ├─ VaultError       keyring or passphrase: missing, locked, wrong
     └─ EvidenceError    a piece of evidence cannot be shown or does not match its original
         ├─ DecoderStoppedError
         └─ PasswordNeededError
"""

import traceback


class KnownError(Exception):
    """A problem of the world. `happened`, `safe` and `do` are the three sentences a person reads."""

    def __init__(self, happened: str, *, safe: str = "", do: str = "") -> None:
        self.happened = happened
        self.safe = safe
        self.do = do
        super().__init__(" ".join(part for part in (happened, safe, do) if part))


class DataError(KnownError):
    """Outside data breaks a rule. `file`, `place` (a JSON path or line) and `rule` say where and which."""

    def __init__(self, *, file: str, place: str, rule: str, do: str = "") -> None:
        self.file = file
        self.place = place
        self.rule = rule
        super().__init__(f"{file}: at {place}: {rule}.", safe="Nothing was changed.", do=do)


class NetworkError(KnownError):
    """The platform could not be reached, or the connection broke. Trying again may help."""


class PlatformError(KnownError):
    """The platform answered with a refusal, or with something that is not an answer.

    `retry_after_s` is set when the platform asked for patience.
    """

    def __init__(
        self, happened: str, *, safe: str = "", do: str = "", status: int = 0, retry_after_s: float | None = None
    ) -> None:
        self.status = status
        self.retry_after_s = retry_after_s
        super().__init__(happened, safe=safe, do=do)


class SignedOutError(PlatformError):
    """The platform no longer accepts this device's token."""


class StorageError(KnownError):
    """The disk, the folder or the database does not let us write or read."""


class ProfileInUseError(StorageError):
    """Another workbench has this account open."""


class NewerStoreError(StorageError):
    """The store was written by a newer workbench than this one."""


class VaultError(KnownError):
    """The key of this laptop's store cannot be had: no keyring, wrong passphrase, vault missing."""


class EvidenceError(KnownError):
    """This piece of evidence cannot be shown, with the reason in words."""


class DecoderStoppedError(EvidenceError):
    """What reads evidence died, hung or could not be started: that may be this machine and not the file."""


class PasswordNeededError(EvidenceError):
    """The file is protected: it can be shown once a person gives its password."""


def trace_of(bug: BaseException) -> str:
    """For logs: what kind of bug and where, without its words, which may quote what people wrote."""
    places = "".join(traceback.format_tb(bug.__traceback__))
    return f"{type(bug).__name__}\n{places}"

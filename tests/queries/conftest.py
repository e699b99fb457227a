"""The same open account as for the store."""

from tests.store.conftest import account, watch

__all__ = ["account", "watch"]

"""An account: made whole, protected, opened by one at a time."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import keyring
import pytest
from keyring.backends import fail

from tests.store import keyrings, world
from tests.store.keyrings import DesktopKeyring, FeebleKeyring
from tests.store.world import PASSPHRASE, Watch
from workbench.errors import DataError, NewerStoreError, ProfileInUseError, StorageError, VaultError
from workbench.model.ids import DeviceId
from workbench.store import account as accounts
from workbench.store import remembered
from workbench.store.account import Account, KeyringProtection, PassphraseProtection


@pytest.fixture(autouse=True)
def no_keyring() -> Iterator[None]:
    with keyrings.in_use(fail.Keyring()):  # type: ignore[no-untyped-call]
        yield


def passphrase() -> str:
    return PASSPHRASE


def never_asked() -> str:
    raise AssertionError("nobody should be asked")


def in_keyring(profile: Path) -> Account:
    return accounts.create_account(
        profile,
        address="http://127.0.0.1:1",
        device=DeviceId("laptop-1"),
        sign_in=world.sign_in("secret-token"),
        protection=KeyringProtection(),
    )


def test_that_an_account_opens_again_with_its_passphrase(passphrase_account: Account) -> None:
    passphrase_account.close()
    assert accounts.needs_passphrase(passphrase_account.ref)
    again = accounts.open_account(passphrase_account.ref, ask_passphrase=passphrase)
    assert again.store.read(remembered.person).name == "Assessor 7"
    assert again.tokens.get() == world.sign_in()
    again.close()


def test_that_a_wrong_passphrase_opens_nothing_and_harms_nothing(passphrase_account: Account) -> None:
    passphrase_account.close()
    with pytest.raises(VaultError, match="does not open the vault"):
        accounts.open_account(passphrase_account.ref, ask_passphrase=lambda: "a short morning")
    accounts.open_account(passphrase_account.ref, ask_passphrase=passphrase).close()


def test_that_an_account_is_listed_with_its_address_and_device(passphrase_account: Account, tmp_path: Path) -> None:
    assert accounts.list_accounts(tmp_path) == (passphrase_account.ref,)
    assert accounts.list_accounts(tmp_path / "nowhere") == ()
    (tmp_path / "accounts" / "stray").mkdir()
    assert accounts.list_accounts(tmp_path) == (passphrase_account.ref,)


def test_that_a_damaged_account_is_said_and_not_taken_for_nobody(passphrase_account: Account, tmp_path: Path) -> None:
    (passphrase_account.ref.folder / "account.json").write_text("{")
    with pytest.raises(DataError, match=r"account\.json"):
        accounts.list_accounts(tmp_path)


def test_that_a_second_opening_is_refused_in_plain_words(passphrase_account: Account) -> None:
    with pytest.raises(ProfileInUseError, match="open in another workbench"):
        accounts.open_account(passphrase_account.ref, ask_passphrase=passphrase)
    passphrase_account.close()
    accounts.open_account(passphrase_account.ref, ask_passphrase=passphrase).close()


def test_that_an_account_opened_on_one_thread_and_closed_on_another_is_free_again(
    passphrase_account: Account,
) -> None:
    passphrase_account.close()
    with ThreadPoolExecutor(1) as thread:
        opened = thread.submit(accounts.open_account, passphrase_account.ref, ask_passphrase=passphrase).result()
        opened.close()
        accounts.open_account(passphrase_account.ref, ask_passphrase=passphrase).close()


def test_that_a_folder_in_the_place_of_the_lock_is_told_in_plain_words(passphrase_account: Account) -> None:
    passphrase_account.close()
    (passphrase_account.ref.folder / "lock").unlink(missing_ok=True)
    (passphrase_account.ref.folder / "lock").mkdir()
    with pytest.raises(StorageError, match="cannot be written to"):
        accounts.open_account(passphrase_account.ref, ask_passphrase=passphrase)


def test_that_a_profile_whose_name_is_too_long_is_told_in_plain_words(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be written to"):
        accounts.list_accounts(tmp_path / ("a" * 300))


def test_that_without_a_real_keyring_nothing_is_stored_at_all(tmp_path: Path) -> None:
    assert not accounts.keyring_available()
    with pytest.raises(VaultError, match="keyring is missing"):
        in_keyring(tmp_path)
    assert accounts.list_accounts(tmp_path) == ()
    assert list((tmp_path / "accounts").iterdir()) == []


def test_that_a_feeble_keyring_and_one_of_plain_files_do_not_count() -> None:
    keyring.set_keyring(FeebleKeyring())
    assert not accounts.keyring_available()
    plain = type("PlaintextKeyring", (DesktopKeyring,), {"__module__": "keyrings.alt.file"})
    keyring.set_keyring(plain())
    assert not accounts.keyring_available()


def test_that_with_a_keyring_nobody_is_asked_and_the_tokens_lie_there(tmp_path: Path) -> None:
    desktop = DesktopKeyring()
    keyring.set_keyring(desktop)
    account = in_keyring(tmp_path)
    account.close()
    again = accounts.open_account(account.ref, ask_passphrase=never_asked)
    again.tokens.put(world.sign_in("another-token"))
    assert again.tokens.get().access_token == "another-token"
    again.close()
    assert any("another-token" in secret for secret in desktop.secrets.values())


def test_that_an_account_of_a_lost_keyring_stays_locked_and_says_so(tmp_path: Path) -> None:
    keyring.set_keyring(DesktopKeyring())
    account = in_keyring(tmp_path)
    account.close()
    keyring.set_keyring(DesktopKeyring())
    with pytest.raises(VaultError, match="Everything is still here, locked"):
        accounts.open_account(account.ref, ask_passphrase=never_asked)


def test_that_an_empty_passphrase_is_refused(tmp_path: Path, watch: Watch) -> None:
    with pytest.raises(VaultError, match="empty"):
        accounts.create_account(
            tmp_path,
            address="",
            device=DeviceId("d"),
            sign_in=world.sign_in(),
            protection=PassphraseProtection(""),
        )


def test_that_a_profile_folder_that_cannot_be_written_is_named(tmp_path: Path, watch: Watch) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageError, match="cannot be written to"):
        world.new_account(tmp_path / "file", watch)


def test_that_a_missing_vault_is_said_and_nothing_is_made_in_its_place(passphrase_account: Account) -> None:
    passphrase_account.close()
    (passphrase_account.ref.folder / "vault.json").unlink()
    with pytest.raises(VaultError, match="missing"):
        accounts.open_account(passphrase_account.ref, ask_passphrase=passphrase)


def test_that_a_damaged_vault_opens_nothing_and_is_left_alone(passphrase_account: Account) -> None:
    passphrase_account.close()
    file = passphrase_account.ref.folder / "vault.json"
    damaged = json.dumps(json.loads(file.read_text("utf-8")) | {"salt": "A"})
    file.write_text(damaged, "utf-8")
    with pytest.raises(VaultError, match="does not open"):
        accounts.open_account(passphrase_account.ref, ask_passphrase=passphrase)
    assert file.read_text("utf-8") == damaged


def test_that_a_damaged_database_is_said_in_our_words_alone_and_left_alone(
    passphrase_account: Account, capfd: pytest.CaptureFixture[str]
) -> None:
    passphrase_account.close()
    file = passphrase_account.ref.folder / "store.db"
    noise = b"\x07" * file.stat().st_size
    file.write_bytes(noise)
    with pytest.raises(StorageError, match="is damaged"):
        accounts.open_account(passphrase_account.ref, ask_passphrase=passphrase)
    assert file.read_bytes() == noise
    assert capfd.readouterr() == ("", "")


def test_that_a_store_of_a_newer_workbench_is_refused(passphrase_account: Account) -> None:
    with passphrase_account.store._writer.begin() as connection:
        connection.exec_driver_sql("PRAGMA user_version = 99")
    passphrase_account.close()
    with pytest.raises(NewerStoreError, match="newer workbench"):
        accounts.open_account(passphrase_account.ref, ask_passphrase=passphrase)


def test_that_a_creation_cut_short_is_no_account_and_an_unfinished_introduction_is_made_up(
    passphrase_account: Account, tmp_path: Path
) -> None:
    (tmp_path / "accounts" / ".cut-short").mkdir()
    passphrase_account.store.write(remembered.put, "person", "")
    passphrase_account.close()
    assert accounts.list_accounts(tmp_path) == (passphrase_account.ref,)
    again = accounts.open_account(passphrase_account.ref, ask_passphrase=passphrase)
    assert again.store.read(remembered.person).name == "Assessor 7"
    again.close()

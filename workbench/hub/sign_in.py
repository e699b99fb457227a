"""Devices and their tokens. The hub keeps hashes only; a token is shown to its device once."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, and_, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from workbench.hub.database import reading, writing
from workbench.hub.people import person_named, redeem
from workbench.hub.schema import access_token, device
from workbench.hub.settings_rows import programme_of
from workbench.model.ids import DeviceId, PersonId
from workbench.wire.exchange import AccessToken, EnrolRequest, SignIn

ACCESS_LIFE = timedelta(hours=1)
REFRESH_LIFE = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who asks, and with which device."""

    person_id: PersonId
    device_id: DeviceId


def enrol(engine: Engine, request: EnrolRequest, now: datetime) -> SignIn | None:
    """Exchange a one-time code for a device's tokens. None: the code is unknown, used or too old."""
    refresh = _new_token("refresh")
    with writing(engine) as connection:
        person = redeem(connection, request.code, now)
        if person is None:
            return None
        row = {
            "person_id": person.id,
            "id": request.device,
            "name": request.device_name,
            "refresh_hash": _hash(refresh),
            "refresh_expires_at": now + REFRESH_LIFE,
            "enrolled_at": now,
            "revoked_at": None,
        }
        _end_access(connection, person.id, request.device)
        connection.execute(upsert(device).values(row).on_conflict_do_update(["person_id", "id"], set_=row))
        access = _new_access(connection, person.id, request.device, now)
        return SignIn(
            person=person,
            programme=programme_of(connection),
            access_token=access.access_token,
            access_expires_at=access.access_expires_at,
            refresh_token=refresh,
        )


def refresh(engine: Engine, token: str, now: datetime) -> AccessToken | None:
    """A fresh access token. None: the refresh token is unknown, too old or revoked."""
    with writing(engine) as connection:
        fresh = (device.c.refresh_expires_at > now, device.c.revoked_at.is_(None))
        ours = update(device).where(device.c.refresh_hash == _hash(token), *fresh)
        ours = ours.values(refresh_expires_at=now + REFRESH_LIFE).returning(device.c.person_id, device.c.id)
        row = connection.execute(ours).one_or_none()
        if row is None:
            return None
        connection.execute(delete(access_token).where(access_token.c.expires_at <= now))
        return _new_access(connection, row.person_id, row.id, now)


def authenticate(engine: Engine, token: str, now: datetime) -> Caller | None:
    """Whose access token this is. None: unknown, too old, or its device was signed out."""
    same = and_(device.c.person_id == access_token.c.person_id, device.c.id == access_token.c.device_id)
    query = select(device.c.person_id, device.c.id).join(access_token, same)
    query = query.where(access_token.c.token_hash == _hash(token), access_token.c.expires_at > now)
    with reading(engine) as connection:
        row = connection.execute(query.where(device.c.revoked_at.is_(None))).one_or_none()
    return None if row is None else Caller(person_id=PersonId(row.person_id), device_id=DeviceId(row.id))


def sign_out(engine: Engine, name: str, now: datetime) -> int:
    """Revoke every device of a person; how many there were. Raises KnownError for an unknown name."""
    with writing(engine) as connection:
        person = person_named(connection, name)
        connection.execute(delete(access_token).where(access_token.c.person_id == person.id))
        mine = (device.c.person_id == person.id, device.c.revoked_at.is_(None))
        return connection.execute(update(device).where(*mine).values(revoked_at=now)).rowcount


def has_device(connection: Connection, person_id: str, device_id: str) -> bool:
    """Whether the person ever signed in with this device."""
    query = select(device.c.id).where(device.c.person_id == person_id, device.c.id == device_id)
    return connection.scalar(query) is not None


def _end_access(connection: Connection, person_id: str, device_id: str) -> None:
    mine = (access_token.c.person_id == person_id, access_token.c.device_id == device_id)
    connection.execute(delete(access_token).where(*mine))


def _new_access(connection: Connection, person_id: str, device_id: str, now: datetime) -> AccessToken:
    token = _new_token("access")
    expires_at = now + ACCESS_LIFE
    row = {"token_hash": _hash(token), "person_id": person_id, "device_id": device_id, "expires_at": expires_at}
    connection.execute(insert(access_token).values(row))
    return AccessToken(access_token=token, access_expires_at=expires_at)


def _new_token(purpose: str) -> str:
    # The prefix lets a secret scanner recognize a leaked token.
    return f"awb-{purpose}-{secrets.token_urlsafe(32)}"


def _hash(token: str) -> bytes:
    # 256 random bits need no slow hash and no salt.
    return hashlib.sha256(token.encode(errors="replace")).digest()

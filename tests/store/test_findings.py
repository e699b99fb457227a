"""Findings and fingerprints are kept by their bytes: they grow part by part, and copies find each other quickly."""

import random
import time
from dataclasses import replace

from tests.store import world
from workbench.model.findings import EvidenceFindings, Finding, FindingKind, Fingerprint, LookedOver
from workbench.model.ids import EvidenceHash, EvidenceId
from workbench.operations.findings import keep_looked_over
from workbench.queries.findings import findings, same_evidence
from workbench.store import platform_rows
from workbench.store.account import Account
from workbench.wire.exchange import Change, SubmissionChange, Withdrawal

VIDEO, PLAN = EvidenceId("e1-video"), EvidenceId("e1-plan")
HASHES = {each: world.evidence(1, each).sha256 for each in ("video", "plan")}
ROWS = 10_000


def stretch(kind: FindingKind, start_s: int, end_s: int) -> Finding:
    return Finding(kind=kind, start_ms=start_s * 1000, end_ms=end_s * 1000)


def part(*found: Finding, prints: tuple[int, ...] = (), parts: int = 2) -> LookedOver:
    fingerprints = tuple(Fingerprint(at=at * 10_000, bits=bits) for at, bits in enumerate(prints))
    return LookedOver(parts=parts, unit="ms", length=40_000, findings=found, fingerprints=fingerprints)


def keep(account: Account, sha256: EvidenceHash, number: int, found: LookedOver) -> None:
    account.store.write(keep_looked_over, sha256, number, found)


def image(bits: int) -> LookedOver:
    return LookedOver(parts=1, unit="whole", length=1, fingerprints=(Fingerprint(at=0, bits=bits),))


def test_that_findings_grow_part_by_part_and_join_over_their_border(account: Account) -> None:
    assert account.store.read(findings, VIDEO) == EvidenceFindings()
    keep(account, HASHES["video"], 0, part(stretch(FindingKind.BLACK, 18, 20)))
    half = account.store.read(findings, VIDEO)
    assert (half.done, half.parts, half.is_whole) == (1, 2, False)
    keep(account, HASHES["video"], 1, part(stretch(FindingKind.BLACK, 20, 23), stretch(FindingKind.SILENT, 30, 33)))
    whole = account.store.read(findings, VIDEO)
    assert whole.is_whole
    assert whole.findings == (stretch(FindingKind.BLACK, 18, 23),)


def test_that_findings_belong_to_the_bytes_and_not_to_what_replaced_them(account: Account) -> None:
    keep(account, HASHES["video"], 0, part(parts=1))
    other = replace(world.evidence(1), sha256=EvidenceHash("f" * 64))
    changed = SubmissionChange(submission=world.submission(1, other, world.evidence(1, "plan")))
    account.store.write(platform_rows.apply_changes, [changed])
    assert account.store.read(findings, VIDEO) == EvidenceFindings()


def test_that_the_same_bytes_are_found_in_another_submission_and_attempt(account: Account) -> None:
    again = replace(world.evidence(1, "plan"), id=EvidenceId("copy"), label="Unit plan")
    later = replace(world.submission(2, world.evidence(2), again))
    account.store.write(platform_rows.apply_changes, [SubmissionChange(submission=later)])
    (same,) = account.store.read(same_evidence, PLAN)
    assert (same.evidence_id, same.label, same.pseudonym) == ("copy", "Unit plan", "Educator 4F-02")
    assert same.is_exact
    assert not same.is_same_educator
    (back,) = account.store.read(same_evidence, EvidenceId("copy"))
    assert back.evidence_id == PLAN


def test_that_what_was_withdrawn_is_not_told_of(account: Account) -> None:
    again = replace(world.evidence(1, "plan"), id=EvidenceId("copy"))
    gone = Withdrawal(assignment_id=world.assignment(2).id, reason="Given to somebody else.")
    changes: list[Change] = [SubmissionChange(submission=world.submission(2, again)), gone]
    account.store.write(platform_rows.apply_changes, changes)
    assert account.store.read(same_evidence, PLAN) == ()


def test_that_pictures_that_look_alike_are_found_and_others_are_not(account: Account) -> None:
    bits = 0xF0F0_1234_ABCD_8001
    keep(account, HASHES["plan"], 0, image(bits))
    keep(account, world.evidence(2, "plan").sha256, 0, image(bits ^ 0b1011))
    keep(account, world.evidence(3, "plan").sha256, 0, image(bits ^ (1 << 40) - 1))
    (same,) = account.store.read(same_evidence, PLAN)
    assert (same.evidence_id, same.is_exact, same.alike, same.pictures) == ("e2-plan", False, 1, 1)


def test_that_one_frame_in_common_does_not_make_recordings_alike(account: Account) -> None:
    chance = random.Random(7)
    mine = tuple(chance.getrandbits(64) for _ in range(6))
    keep(account, HASHES["video"], 0, part(prints=mine))
    keep(account, world.evidence(2).sha256, 0, part(prints=(mine[0], *(chance.getrandbits(64) for _ in range(5)))))
    keep(account, world.evidence(3).sha256, 0, part(prints=tuple(bits ^ 0b101 for bits in mine)))
    (same,) = account.store.read(same_evidence, VIDEO)
    assert (same.evidence_id, same.alike, same.pictures) == ("e3-video", 6, 6)


def test_that_ten_thousand_fingerprints_are_asked_quickly(account: Account) -> None:
    chance = random.Random(11)
    mine = tuple(chance.getrandbits(64) for _ in range(60))
    keep(account, HASHES["video"], 0, part(prints=mine))
    keep(account, world.evidence(2).sha256, 0, part(prints=tuple(bits ^ 1 for bits in mine)))
    for number in range(ROWS // 100):
        keep(account, EvidenceHash(f"{number:064}"), 0, part(prints=tuple(chance.getrandbits(64) for _ in range(100))))
    began_s = time.perf_counter()
    found = account.store.read(same_evidence, VIDEO)
    took_s = time.perf_counter() - began_s
    assert [each.evidence_id for each in found] == ["e2-video"]
    # On a slow and busy machine; a tenth of it is usual.
    assert took_s < 3, took_s
    print(f"asked {ROWS} fingerprints in {took_s * 1000:.0f} ms")

"""The table that a person reads after a run."""

from collections import Counter
from typing import Any

from scripts.fuzzing.tally import OUTCOMES


def print_report(report: dict[str, Any]) -> None:
    """Files by kind and outcome, incidents by library, and whether the promises held."""
    shown = report["recordings_in_the_player"]
    print(
        f"{report['files']} broken files with seed {report['seed']} in {report['minutes']} minutes, "
        f"{report['jobs']} questions to the workers, {report['files_per_s']} files/s; "
        f"{shown} recordings were also played\n"
    )
    print(f"{'':16}{'files':>8}" + "".join(f"{outcome:>11}" for outcome in OUTCOMES))
    for where, endings in report["by_ending"].items():
        for ending, counts in endings.items():
            _row(f"{where} {ending}", counts)
    _print_incidents(report)
    _print_watch(report)
    promises = report["broken_promises"]
    print("\nEvery promise held." if not promises else "\nPromises that did not hold:\n  " + "\n  ".join(promises))


def _row(name: str, counts: dict[str, int]) -> None:
    print(f"{name:16}{sum(counts.values()):8}" + "".join(f"{counts.get(outcome, 0):11}" for outcome in OUTCOMES))


def _print_incidents(report: dict[str, Any]) -> None:
    by_library = Counter(
        (each["library"], each["outcome"], each["reason"], each["job"]) for each in report["incidents"]
    )
    print("\nProcesses that were replaced" + (":" if by_library else ": none"))
    for (library, outcome, reason, job), count in by_library.most_common():
        numbers = [
            str(each["number"])
            for each in report["incidents"]
            if (each["library"], each["outcome"], each["reason"], each["job"]) == (library, outcome, reason, job)
        ]
        print(f"  {count} × {library}, {outcome} ({reason}) at {job}: file {', '.join(numbers[:8])}")
    print("\nErrors that nobody foresaw and that became refusals:")
    for what, numbers in report["unforeseen_errors_refused"].items():
        print(f"  {len(numbers)} × {what}: file {', '.join(map(str, numbers[:6]))}")


def _print_watch(report: dict[str, Any]) -> None:
    children, window = report["children"], report["window"]
    longest, own = window["longest_pause_s"], window["longest_own_pause_s"]
    print(f"\nLongest pause of the window's thread: {longest} s, {own} s without waiting for a processor")
    print(f"Load of the machine at the end: {report['load']}")
    for kind, peaks in children["peak_mb"].items():
        print(f"{kind}: at most {peaks.get('VmHWM', 0)} MB resident, {peaks.get('VmPeak', 0)} MB of addresses")
    print(f"{children['samples']} looks at the children from outside; locked in: {children['locked_in']}")
    lacking = {kind: names for kind, names in report["protections_lacking"].items() if names}
    print(f"Protections that this system lacks: {lacking or 'none'}")
    print("Seeds as they are:")
    for name, outcomes in sorted(report["whole_seeds"].items()):
        if any("decoded" not in outcome for outcome in outcomes):
            print(f"  {name}: {'; '.join(outcomes)}")

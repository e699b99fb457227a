import subprocess
import sys

import pytest


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_that_no_command_of_the_workbench_leaves_a_core_dump() -> None:
    script = "import resource\nfrom workbench.cli.main import run\n"
    script += "try: run(['--version'])\nexcept SystemExit: print(max(resource.getrlimit(resource.RLIMIT_CORE)))"
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert said.splitlines()[-1] in ("0", "1")

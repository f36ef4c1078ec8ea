"""What the program is made of: its pinned packages, their licenses and pinned digests, as CycloneDX 1.5."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path
from typing import Any

from sro import __version__

PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)")
DIGEST = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def sbom(requirements: Path) -> dict[str, Any]:
    """The bill of materials of a file of pins; licenses as far as the packages are installed here."""
    components: list[dict[str, Any]] = []
    for line in requirements.read_text(encoding="utf-8").splitlines():
        if pin := PIN.match(line):
            name, version = pin.groups()
            components.append(
                {"type": "library", "name": name, "version": version, "purl": f"pkg:pypi/{name.lower()}@{version}",
                 "bom-ref": f"{name}=={version}", **_license(name), "hashes": []}
            )  # fmt: skip
        elif (digest := DIGEST.search(line)) and components:
            components[-1]["hashes"].append({"alg": "SHA-256", "content": digest.group(1)})
    main = {"type": "application", "name": "sro-program-dashboard", "version": __version__, "bom-ref": "main"}
    return {
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "metadata": {"component": main},
        "components": components,
        "dependencies": [{"ref": "main", "dependsOn": [one["bom-ref"] for one in components]}],
    }  # fmt: skip


def _license(name: str) -> dict[str, Any]:
    try:
        found = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return {}
    said = next((found[key] for key in ("License-Expression", "License") if key in found), "")
    return {"licenses": [{"license": {"name": said.splitlines()[0][:100]}}]} if said.strip() else {}

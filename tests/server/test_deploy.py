"""The samples of deploy/ name what there is; test_nginx.py runs one of them."""

from __future__ import annotations

import re

import pytest

from sro.cli import parser
from sro.settings import PROJECT

DEPLOY = PROJECT / "deploy"


def test_the_container_is_made_of_what_there_is_and_holds_no_data_of_an_office():
    text = (DEPLOY / "Dockerfile").read_text()
    sources = [word for line in re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.M) for word in line.split()]
    assert sources and all((PROJECT / source).exists() for source in sources)
    owned = ("vintages", "releases", "log", "demo", "exports", "inbox", "passport.key", "own")
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines()
    assert ignored[0] == "**" and not [line for line in ignored if line.startswith("!") and line.endswith(owned)]
    assert re.search(r"^USER 10001$", text, re.M) and "HEALTHCHECK" in text


@pytest.mark.parametrize("unit", ["sro-dashboard.service", "sro-load.service"])
def test_a_unit_runs_without_rights_and_writes_only_its_data(unit):
    text = (DEPLOY / unit).read_text()
    for line in ("User=sro", "NoNewPrivileges=yes", "ProtectSystem=strict", "UMask=0077"):
        assert line in text.splitlines()


def test_every_command_that_a_unit_runs_is_understood():
    commands = re.findall(r"^ExecStart=\S+ -m sro (.+)$", (DEPLOY / "sro-load.service").read_text(), re.M)
    assert len(commands) == 4
    for command in commands:
        parser().parse_args(command.split())


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_a_proxy_replaces_what_a_client_says_of_itself_and_hides_the_metrics(name):
    text = (DEPLOY / name).read_text()
    assert "X-Forwarded-For" in text and "$proxy_add_x_forwarded_for" not in text
    assert "sro_process" in text and "ip_hash" not in text and "/api/metrics" in text


@pytest.mark.parametrize("page", ["SECURITY.md", "docs/asvs.md"])
def test_every_test_and_file_that_a_defence_names_is_there(page):
    said = (PROJECT / page).read_text(encoding="utf-8")
    paths = set(re.findall(r"`((?:tests|sro|queries|deploy|docs|tools)/[\w/.-]+)`", said))
    assert paths and not [path for path in paths if not (PROJECT / path).exists()]
    tests = "".join(path.read_text(encoding="utf-8") for path in (PROJECT / "tests").rglob("test_*.py"))
    assert not [name for name in re.findall(r"`(test_\w+)`", said) if f"def {name}(" not in tests]

"""The auditor is no relative of what it audits."""

import ast

from sro.settings import PROJECT


def modules_of(room):
    for path in sorted((PROJECT / "sro" / room).glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                yield node.module
            elif isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)


def test_the_auditor_shares_no_module_with_suppression():
    own = {name for name in modules_of("audit") if name.startswith("sro")}
    assert own
    assert all(name.startswith("sro.audit") for name in own)
    assert not any(name.startswith("sro.audit") for name in modules_of("suppression"))

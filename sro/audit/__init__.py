"""The auditor plays the attacker: what can be worked out of what was published? It shares no code with suppression."""

from sro.audit.audit import Leak, audit
from sro.audit.knowledge import AuditError, Knowledge, Tie, statements

__all__ = ["AuditError", "Knowledge", "Leak", "Tie", "audit", "statements"]

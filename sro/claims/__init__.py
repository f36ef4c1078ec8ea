"""Can I say this? A claim about the program, judged by rule, and the sentence that the data does support."""

from sro.claims.claim import KINDS, Claim, ClaimError, Evidence
from sro.claims.judge import VERDICTS, Verdict, judge
from sro.claims.rules import RULES, Objection

__all__ = ["KINDS", "RULES", "VERDICTS", "Claim", "ClaimError", "Evidence", "Objection", "Verdict", "judge"]

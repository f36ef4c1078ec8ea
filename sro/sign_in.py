"""Who has to sign in, and who they are then: [sign_in] and [people] of program.toml, and the claims of a provider.

The file is read again whenever it was changed, so that a role that is taken away ends with the next interaction.
"""

from __future__ import annotations

import time
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from sro.people import LOCAL, ROLES, Person, is_role, reach_of
from sro.settings import SettingsError, program_file

CLOCKS_APART = 120  # seconds that the provider's clock may be ahead of ours


class NotSignedIn(Exception):
    """Nobody is known to be there; the message says what to do."""


class NobodyHere(NotSignedIn):
    """Somebody signed in who has no role here."""


@dataclass(frozen=True)
class SignIn:
    """Whether sign-in is required, under which names the dashboard is reached, and who has which role."""

    required: bool = False
    hours: float = 8
    hosts: tuple[str, ...] = ()
    claim: str = "roles"
    groups: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)

    def person(self, claims: Mapping[str, Any], now: float | None = None) -> Person:
        """The person of whom a provider said these claims; the local person where nobody has to sign in.

        Raises NotSignedIn when nobody signed in, or too long ago, and NobodyHere for a stranger.
        """
        if not self.required:
            return LOCAL
        if claims.get("is_logged_in") is not True:
            raise NotSignedIn("Sign in to see the dashboard.")
        began, now = claims.get("iat"), time.time() if now is None else now
        if not isinstance(began, int | float) or isinstance(began, bool) or began > now + CLOCKS_APART:
            raise NotSignedIn("Your provider did not say when you signed in. Sign in again.")
        if now - began > self.hours * 3600:
            raise NotSignedIn(f"You signed in more than {self.hours:g} hours ago. Sign in again.")
        names = _names(claims)
        roles = [role for name, role in self.people.items() if name.casefold() in names]
        said = claims.get(self.claim)
        groups = [said] if isinstance(said, str) else said if isinstance(said, list) else []
        roles += [self.groups[group] for group in groups if isinstance(group, str) and group in self.groups]
        reach = reach_of(roles)
        name = next(iter(names), "")
        if reach is None or not name:
            raise NobodyHere(f"{name or 'This account'} has no role here. Ask whoever runs the dashboard for one.")
        return Person(name, tuple(sorted(set(roles))), reach)


def _names(claims: Mapping[str, Any]) -> dict[str, None]:
    """By what the list of people may call somebody: the address, unless the provider doubts it, and the subject."""
    known = {}
    email = claims.get("email")
    if isinstance(email, str) and email and claims.get("email_verified", True) in (True, "true"):
        known[email.casefold()] = None
    if isinstance(subject := claims.get("sub"), str) and subject:
        known[subject.casefold()] = None
    return known


def sign_in(path: Path | None = None) -> SignIn:
    """The office's rules, as the file says them now.

    Raises SettingsError naming the file and key when one makes no sense: nobody is let in then.
    """
    path = path or program_file()
    try:
        return _read(path, path.stat().st_mtime_ns)
    except OSError:
        raise SettingsError(f"{path}: not found. Restore program.toml from the project.") from None


@lru_cache(maxsize=4)
def _read(path: Path, _: int) -> SignIn:
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: not readable as TOML ({error}). Mend that line.") from None
    rules, people = raw.get("sign_in", {}), raw.get("people", {})
    groups, hosts, hours = rules.get("roles", {}), rules.get("hosts", []), rules.get("hours", 8)
    if not isinstance(required := rules.get("required", False), bool):
        raise SettingsError(f"{path}: [sign_in] required is {required!r}; write true or false.")
    if isinstance(hours, bool) or not isinstance(hours, int | float) or not 0 < hours <= 24:
        raise SettingsError(f"{path}: [sign_in] hours is {hours!r}; write a number up to 24.")
    if not isinstance(hosts, list) or any(not isinstance(host, str) or "*" in host for host in hosts):
        raise SettingsError(f'{path}: [sign_in] hosts is {hosts!r}; write names without *, as in ["sro.county.gov"].')
    for section, listed in (("sign_in.roles", groups), ("people", people)):
        for name, role in listed.items():
            if not isinstance(role, str) or not is_role(role):
                known = ", ".join(role if role != "partner" else "partner:DISTRICT" for role in ROLES)
                raise SettingsError(f"{path}: [{section}] {name} is {role!r}; use one of {known}.")
    return SignIn(required, float(hours), tuple(hosts), str(rules.get("claim", "roles")), groups, people)

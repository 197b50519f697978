"""Who may do what: persons, their 角色, and the table of every change with the roles that may make it."""

from data.access.actions import ACTIONS, OWN_WORK, may
from data.access.roles import LOCAL, NOBODY, ROLES, Duty, Person, Role, dump_duties, load_duties
from data.access.words import MEANINGS, duty_words

__all__ = [
    "ACTIONS", "LOCAL", "MEANINGS", "NOBODY", "OWN_WORK", "ROLES", "Duty", "Person", "Role", "dump_duties", "duty_words",
    "load_duties", "may",
]  # fmt: skip

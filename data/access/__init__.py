"""Who may do what: persons, their 角色, and the table of every change with the roles that may make it."""

from data.access.actions import ACTIONS, OWN_WORK, may
from data.access.roles import LOCAL, ROLES, Duty, Person, Role, dump_duties, load_duties

__all__ = ["ACTIONS", "LOCAL", "OWN_WORK", "ROLES", "Duty", "Person", "Role", "dump_duties", "load_duties", "may"]

"""What the roles of a project may do: annotators see only their own work, reviewers and leads all of it.

On one computer a role only decides what is offered, since whoever has the file can open it as a lead.
"""

from annotator.model import Role

_RANKS: dict[Role, int] = {"annotator": 0, "reviewer": 1, "lead": 2}


def has_role(role: Role, needed: Role) -> bool:
    """Whether a role does for what needs another one: a lead does for all, a reviewer for annotators."""
    return _RANKS[role] >= _RANKS[needed]


def sees_others(role: Role) -> bool:
    """Whether a role sees the annotations of others, and gold; annotators work blind."""
    return has_role(role, "reviewer")

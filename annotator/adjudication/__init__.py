"""Settling disagreements: units, their types, decisions and what follows from them, without storage."""

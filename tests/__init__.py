"""The tests: unit/ mirrors the packages, ui/ drives widgets, journeys/ the program, house/ the repository."""

"""The pair view: a second document beside the open one, links across the gap, passages for a claim.

The document of the session is the side that the keys work on. The other side is shown by a session of its own
over the same store, which edits nothing. Changing sides swaps what the two sessions have open and where they
stand in the window, so each document stays where it is for the eye.
"""

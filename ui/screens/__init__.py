"""Every screen and dialog of the sample project, drawn for the manual and for a designer's eye.

A module holds the screens of one part; they are drawn in that order in one window, so that a screen finds
what the ones before it left.
"""

"""The words of the command line: what each command is called, takes and says of itself.

A module declares the commands of one part and hands on to what does them, `ui.cli_...`; `ui.cli` puts
them together.
"""

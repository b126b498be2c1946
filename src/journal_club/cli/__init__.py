"""The command line: the same house as the service, for a terminal.

Heavy libraries are imported by the commands that need them, so that `journal-club --help` answers at once.
"""

__all__ = ["main"]


def main() -> None:
    """Run the command line; what `journal-club` starts."""
    try:
        from journal_club.cli.app import app

        app(prog_name="journal-club")
    except KeyboardInterrupt:
        # Typer answers an interrupt of a command; this one came before, while it was loaded.
        raise SystemExit(130) from None

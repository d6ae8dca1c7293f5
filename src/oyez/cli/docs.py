"""`oyez docs`: the documents that are drawn from the code, and whether they are fresh."""

from __future__ import annotations

from pathlib import Path

import click
from django.utils.module_loading import autodiscover_modules

from oyez.cli import shown
from oyez.ledger import acts, events
from oyez.ledger.actor import Refusal
from oyez.networks import table

FLOW_HEAD = """# The flow

What happens next when something has happened. Drawn by `./run docs` from `src/oyez/project/flow.py`
and each package's `events.py`.
"""


@click.command(cls=shown.OfTheMachine)
@click.option("--into", default="docs", type=click.Path(path_type=Path), show_default=True)
@click.option("--check", is_flag=True, help="Write nothing; exit 1 when a document is stale.")
def docs(into: Path, check: bool) -> None:
    """Draw docs/flow.md and docs/networks.md."""
    drawn = {"flow.md": flow_page(), "networks.md": table.markdown()}
    stale = [name for name, text in drawn.items() if _now(into / name) != text]
    if check and stale:
        raise Refusal(f"Stale: {', '.join(stale)}. Draw them with: ./run docs")
    for name in stale:
        (into / name).write_text(drawn[name], encoding="utf-8")
    click.echo(f"Drew {', '.join(stale)}." if stale else "The documents are fresh.")


def flow_page() -> str:
    """The whole page: a diagram of who wakes whom, then every event and who listens."""
    autodiscover_modules("events")  # whatever else this process has loaded, or has not
    kinds = [events.all_kinds()[name] for name in sorted(events.all_kinds())]
    arrows = [
        f'    {_node(kind.name)}["{kind.name}"] --> {_node(job)}("{job}")'
        for kind in kinds
        for job in acts.listener_names(kind)
    ]
    diagram = "\n".join(["```mermaid", "flowchart LR", *arrows, "```", ""])
    rows = ["| Event | In words | Wakes |", "| --- | --- | --- |"]
    rows += [f"| `{k.name}` | {k.says} | {_wakes(k)} |" for k in kinds]
    return "\n".join([FLOW_HEAD, diagram, *rows, ""])


def _wakes(kind: events.Kind) -> str:
    return ", ".join(f"`{job}`" for job in acts.listener_names(kind)) or "final"


def _node(name: str) -> str:
    return name.replace(".", "_")


def _now(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""

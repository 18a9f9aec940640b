"""Files that a tool writes beside a scenario's book: writing them, and saying which are stale.

A package (names with a folder in them) belongs to its tool whole: what else lies in it, or a module of its name
beside it, is left over from earlier and goes.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCENARIOS = ROOT / "src" / "allohistory" / "scenarios"
Texts = Mapping[str, str]  # a file's name below the scenario's folder -> its text


def finish(folder: Path, texts: Texts, tool: str, check: bool) -> int:
    """Write the files, or only say which are stale; 1 where one is."""
    if check:
        found = stale(folder, texts)
        for name in found:
            print(f"{shown(folder)}/{name} is stale: run python tools/{tool}")
        return 1 if found else 0
    write(folder, texts)
    print(f"wrote {', '.join(texts)} in {shown(folder)}")
    return 0


def write(folder: Path, texts: Texts) -> None:
    """Write every file and take away what is left over."""
    for name, text in texts.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    for name in left_over(folder, texts):
        (folder / name).unlink()


def stale(folder: Path, texts: Texts) -> list[str]:
    """The files that are missing, are not as the tool would write them, or are left over."""
    other = [name for name, text in texts.items() if read(folder / name) != text]
    return other + left_over(folder, texts)


def left_over(folder: Path, texts: Texts) -> list[str]:
    """Modules in or beside the tool's packages that it does not write."""
    packages = sorted({name.split("/")[0] for name in texts if "/" in name})
    found = [path for package in packages for path in sorted((folder / package).glob("*.py"))]
    found += [folder / f"{package}.py" for package in packages if (folder / f"{package}.py").exists()]
    names = [path.relative_to(folder).as_posix() for path in found]
    return [name for name in names if name not in texts]


def read(path: Path) -> str:
    """What a file says; nothing where there is none."""
    return path.read_text(encoding="utf-8") if path.exists() else ""


def shown(folder: Path) -> str:
    """A scenario's folder as a message names it."""
    return (folder.relative_to(ROOT) if folder.is_relative_to(ROOT) else folder).as_posix()


def gathered(package: str, doc: str, modules: list[str]) -> str:
    """The text of an `__init__.py` that hands on every constant of its modules."""
    lines = [f'"""{doc}"""', ""]
    lines += [f"from {package}.{module} import *  # noqa: F403" for module in sorted(modules)]
    return "\n".join(lines) + "\n"

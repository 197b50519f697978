"""The repository's own rules. Each failure names the places and says how to mend them."""

from __future__ import annotations

import ast
import os
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FLOORS = ("components", "data", "scoring")
NOT_OURS = {"var", "node_modules", "build", "dist"}
NAMESPACES = ("schemas.openxmlformats.org", "purl.oclc.org", "schemas.microsoft.com", "purl.org", "www.w3.org")
HERE_OR_NOWHERE = ("127.0.0.1", "localhost", "example.com", "example.org")
CLOCK_AND_FILES = {"open", ".open", ".now", ".today", ".read_text", ".write_text", ".read_bytes", ".write_bytes"}


@cache
def files(suffix: str = "") -> tuple[Path, ...]:
    """Every file of ours whose name ends so, hidden folders and the data folder left out."""
    found: list[Path] = []
    for folder, below, names in os.walk(ROOT):
        below[:] = [name for name in below if name not in NOT_OURS and not name.startswith((".", "__pycache__"))]
        found += [Path(folder, name) for name in names if name.endswith(suffix)]
    return tuple(sorted(found))


def scripts(*rooms: str) -> list[Path]:
    """The Python files in these top folders, or with these names at the top."""
    return [path for path in files(".py") if path.relative_to(ROOT).parts[0] in rooms]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def place(path: Path, line: int | None = None) -> str:
    return f"{path.relative_to(ROOT)}" + (f":{line}" if line else "")


def refuse(places: Iterable[str], remedy: str) -> None:
    found = list(places)
    assert not found, remedy + "\n  " + "\n  ".join(found)


def calls(path: Path) -> Iterator[tuple[str, int]]:
    """(name, line) of each call: ``print()`` is "print", ``x.now()`` is ".now"."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id, node.lineno
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield f".{node.func.attr}", node.lineno


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """(top package, line) of each absolute import."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name.split(".")[0], node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0], node.lineno


def lines_matching(paths: Iterable[Path], pattern: str) -> Iterator[tuple[str, re.Match[str]]]:
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            for match in re.finditer(pattern, line):
                yield place(path, number), match


def code() -> list[Path]:
    """What runs: Python, scripts in the browser, settings, and the chores."""
    chores = [path for path in (ROOT / "Makefile", ROOT / ".ci/run", ROOT / ".streamlit/config.toml") if path.exists()]
    return [*files(".py"), *files(".js"), *files(".css"), *files(".toml"), *chores]


# Pages


def test_no_script_lies_directly_in_pages() -> None:
    refuse(
        (place(path) for path in (ROOT / "pages").glob("*.py")),
        "A first deep link would run these without app.py, so without the sign-in; "
        "move each into a section's folder, such as pages/results/:",
    )


def test_the_folders_of_pages_are_no_packages() -> None:
    refuse((place(path) for path in scripts("pages") if path.name == "__init__.py"), "Pages are scripts; delete:")


def test_every_page_is_a_script_that_reads_top_to_bottom() -> None:
    wrappers, wrapped = {"main", "render", "render_page", "page", "run"}, []
    for path in scripts("pages"):
        for node in tree(path).body:
            wrapper = isinstance(node, ast.FunctionDef) and node.name in wrappers
            guard = isinstance(node, ast.If) and "__name__" in ast.unparse(node.test)
            if wrapper or guard:
                wrapped.append(place(path, node.lineno))
    refuse(wrapped, "A page has no main() and no __name__ guard; put its lines at the top level:")


def test_pages_and_components_hold_no_sql_and_read_no_forms() -> None:
    barred = {"sqlalchemy", "sqlite3", "alembic", "openpyxl", "xlrd", "odf"}
    refuse(
        (place(path, line) for path in scripts("app.py", "pages", "components")
         for name, line in imports(path) if name in barred),
        "Ask the data floor instead of importing its tools:",
    )  # fmt: skip


def test_no_page_injects_html() -> None:
    refuse(
        (where for where, _ in lines_matching(scripts("app.py", "pages", "components"), "unsafe_allow_html")),
        "Use a native element or a theme option of .streamlit/config.toml:",
    )


def test_no_emoji_is_drawn() -> None:
    drawn = lines_matching(scripts("app.py", "pages", "components", "data"), "[\U0001f000-\U0001faff]")
    refuse((where for where, _ in drawn), "No emoji font is bundled; use a :material/…: icon:")


# Floors


@pytest.mark.parametrize("floor", FLOORS)
def test_no_floor_imports_a_higher_one(floor: str) -> None:
    higher = {"app", "cli", "commands", "serving", "server", "pages", "tests", "tools", *FLOORS[: FLOORS.index(floor)]}
    higher |= set() if floor == "components" else {"streamlit"}
    refuse(
        (place(path, line) for path in scripts(floor) for name, line in imports(path) if name in higher),
        f"{floor} may import lower floors only; hand the value down as an argument:",
    )


def test_scoring_reads_no_clock_and_no_file() -> None:
    refuse(
        (f"{place(path, line)} {name}()" for path in scripts("scoring")
         for name, line in calls(path) if name in CLOCK_AND_FILES),
        "scoring is pure; let the caller read it and hand it in:",
    )  # fmt: skip


@pytest.mark.parametrize("floor", FLOORS)
def test_no_floor_prints(floor: str) -> None:
    refuse(
        (place(path, line) for path in scripts(floor) for name, line in calls(path) if name == "print"),
        "Return the message, or log it; only cli.py, commands/ and tools/ print:",
    )


# Every file


def test_every_script_compiles() -> None:
    for path in files(".py"):
        tree(path)


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    long = [path for path in files(".py") if "tests" not in path.relative_to(ROOT).parts]
    lengths = {place(path): path.read_text(encoding="utf-8").count("\n") for path in long}
    refuse((f"{where}: {count}" for where, count in lengths.items() if count > 400), "One room or two? Divide:")


def test_no_code_knows_a_machine() -> None:
    homes = "|".join(("home", "root", "work", "Users", "mnt"))
    found = lines_matching(code(), rf"""(?<![\w./{{}}])/(?:{homes})/\w|\b[A-Z]:\\\\?Users""")
    refuse((where for where, _ in found), "Say the path relative to the repository, or take it as an argument:")


def test_no_code_names_another_host() -> None:
    allowed = NAMESPACES + HERE_OR_NOWHERE
    found = lines_matching(code(), r"https?://([\w.-]+)")
    refuse(
        (f"{where} {match[0]}" for where, match in found
         if match[1] not in allowed and not match[1].endswith(".example")),
        "The dashboard works without a network; ship the file, or cite the source in a NOTICE:",
    )  # fmt: skip


def test_nothing_is_left_to_do() -> None:
    marks = "|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX"))
    refuse((where for where, _ in lines_matching(code(), rf"\b(?:{marks})\b")), "Finish it, or take it out:")


def test_every_test_file_has_a_name_of_its_own() -> None:
    names = Counter(path.name for path in files(".py") if path.name.startswith("test_"))
    refuse((name for name, count in names.items() if count > 1), "Two test files share a name; rename one:")


# What is shipped


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt", "requirements-bench.txt", "constraints.txt"])
def test_every_requirement_is_pinned(name: str) -> None:
    wanted = [line.split("#")[0].strip() for line in (ROOT / name).read_text(encoding="utf-8").splitlines()]
    refuse(
        (line for line in wanted if line and not re.fullmatch(r"-[rc] \S+|[\w.\[\]-]+==[\w.]+", line)),
        f"A county office must get tomorrow what was tested today; in {name} write name==version:",
    )


def test_the_changelog_begins_with_the_version_of_the_project() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    newest = re.search(r"^## ([\d.]+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert newest, "CHANGELOG.md has no heading like '## 0.1.0'"
    assert newest[1] == version, "pyproject.toml and the first heading of CHANGELOG.md name different versions"


def test_every_link_in_the_documents_leads_somewhere() -> None:
    elsewhere = ("http", "mailto:") + (() if any(ROOT.glob("docs/pictures/*.png")) else ("docs/pictures/",))
    broken = []
    for path in files(".md"):
        for where, match in lines_matching([path], r"\]\(([^)#\s]+)[^)]*\)"):
            if not match[1].startswith(elsewhere) and not (path.parent / match[1]).exists():
                broken.append(f"{where} → {match[1]}")
    refuse(broken, "Mend the link, or write the document (pictures: make shots):")


def test_the_app_stays_on_this_machine_and_tells_nobody() -> None:
    settings = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))
    assert settings["server"]["address"] == "127.0.0.1", "Bind to other addresses only once sign-in is configured"
    assert settings["browser"]["gatherUsageStats"] is False, "Every page would call out"
    assert settings["client"]["showErrorDetails"] == "none", "A traceback belongs in the log"
    assert settings["runner"]["postScriptGC"] is False, "A full collection after each run stalls live pages"


def test_both_themes_set_the_same_colours() -> None:
    theme = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))["theme"]
    assert theme["light"].keys() == theme["dark"].keys(), "Give each colour to [theme.light] and to [theme.dark]"
    assert theme["light"]["chartCategoricalColors"][:4] == ["#004E8C", "#56B4E9", "#E69F00", "#A3231B"]


def test_no_list_offers_words_of_streamlits_own() -> None:
    english = [
        place(path, node.lineno)
        for path in scripts("components", "pages")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "multiselect"
        if not {"placeholder", "select_all"} <= {word.arg for word in node.keywords}
    ]
    refuse(english, 'Streamlit says "Choose options" and "Select all" in English. Give placeholder="请选择", select_all=False:')


def test_no_field_offers_its_own_english_advice() -> None:
    silent = [
        place(path, node.lineno)
        for path in scripts("components", "pages")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if node.func.attr in ("text_input", "text_area", "number_input")
        and not any(word.arg == "live" for word in node.keywords)
    ]
    refuse(
        silent,
        'A field that waits for Enter says so in English ("Press Enter to apply"). Use st.text_input(…, live=True):',
    )

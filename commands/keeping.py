"""Commands on what is kept: back up, restore, verify."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from commands.terminal import FINE, PROBLEMS, UsageError, file_bytes
from data.archive_import import Unfit, bring, prove, told_of
from data.beijing import local
from data.store import Store
from data.store.backup import Restored, back_up, restore
from data.store.backup.restoring import target_url
from data.store.database import Database
from data.store.location import database_url, sqlite_path
from data.verify import verify

ACTOR = "命令行"
_MARKS = {"fine": "√", "note": "!", "bad": "×"}


def add_commands(commands) -> None:
    """The commands' names and options."""
    one = commands.add_parser("backup", help="备份全部数据：不停机，一个文件，读回核对后才算成")
    one.add_argument("file", nargs="?", metavar="FILE",
                     help="备份文件或文件夹；不写则放入 HENGXIAO_BACKUPS 所指的文件夹（默认为数据文件夹下的 backups）")  # fmt: skip
    one.add_argument("--keep", type=int, metavar="N", help="该文件夹内只保留最新的N份备份，较早的删去；不写则都保留")
    _with_actor(one)
    one.set_defaults(run=backup)
    one = commands.add_parser("restore", help="由备份恢复：只恢复到空的数据库，恢复前后逐表核对")
    one.add_argument("file", metavar="FILE", help="备份文件")
    one.add_argument("--to", metavar="PLACE", help="恢复到哪里：文件夹、.db 文件或数据库地址；不写则为现用的数据库")
    one.add_argument("--replace", action="store_true", help="原有的 SQLite 文件改名留存（不删除），换上恢复的")
    _with_actor(one)
    one.set_defaults(run=run_restore)
    one = commands.add_parser("import-archive", help="导入另一处生成的归档包：逐项核对、重新计算，一致才导入")
    one.add_argument("file", metavar="FILE", help="“报告与导出”生成的归档包（.zip）")
    one.add_argument("--check", action="store_true", help="只核对，不导入")
    _with_actor(one)
    one.set_defaults(run=run_import)
    one = commands.add_parser("verify", help="核验全部数据：结构、操作日志、原始文件、每份评分表、每个锁定版")
    one.set_defaults(run=run_verify)


def _with_actor(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--actor", default=ACTOR, metavar="NAME", help="操作人，记入操作日志；不写为“命令行”")


def backup(options: argparse.Namespace) -> int:
    """Back up what DATABASE_URL or the data folder holds, as it is, without bringing its tables up."""
    database = Database(existing_url())
    try:
        made = back_up(database, Path(options.file) if options.file else None, options.actor, options.keep)
    finally:
        database.close()
    manifest = made.manifest
    print(made.path)
    _say(f"已备份：年度考核{manifest.count('assessment')}个、评分表{manifest.count('submission')}份、原始文件"
         f"{manifest.count('original')}份，共{manifest.rows}条记录，{made.size / 1024:.0f} KB，已读回核对。")  # fmt: skip
    if manifest.log_break:
        _say(f"注意：操作日志自第{manifest.log_break}条起与校验值不符，备份如实保留了这一情况。请用 verify 核验。")
    if made.unlogged:
        _say(f"注意：备份已完成，但未能记入操作日志：{made.unlogged}")
    for old in made.removed:
        _say(f"按保留{options.keep}份的规则，已删去 {old}")
    return PROBLEMS if manifest.log_break else FINE


def run_restore(options: argparse.Namespace) -> int:
    """Restore a backup."""
    done = restore(Path(options.file), target_url(options.to, database_url()), options.actor, replace=options.replace)
    for line in _restored(done):
        _say(line)
    return FINE


def _restored(done: Restored) -> list[str]:
    manifest = done.manifest
    return [
        f"已恢复到 {done.where}：备份于{local(manifest.made_at)}（{manifest.program}版），操作日志至第{manifest.log_seq}条。",
        f"年度考核{manifest.count('assessment')}个、评分表{manifest.count('submission')}份、原始文件{manifest.count('original')}份，"
        "恢复前后逐表条数和校验值一致。此时之后所做的改动不在其中。",
        *([f"数据表结构由{manifest.revision}升级到{done.revision}。"] if manifest.revision != done.revision else []),
        *([f"原有的文件已改名留存：{done.aside}"] if done.aside else []),
        *([f"注意：操作日志自第{manifest.log_break}条起与校验值不符，备份时即如此。"] if manifest.log_break else []),
    ]  # fmt: skip


def run_verify(options: argparse.Namespace) -> int:
    """Verify everything kept; exit code 1 where something is wrong."""
    with Store.open(existing_url()) as store:
        found = verify(store, lambda what: _say(f"正在核验{what}…"))
    for one in found:
        print(f"{_MARKS[one.weight]} {one.words}")
    wrong = sum(one.weight == "bad" for one in found)
    _say(f"发现{wrong}处问题。" if wrong else "核验完毕，没有发现问题。")
    return PROBLEMS if wrong else FINE


def run_import(options: argparse.Namespace) -> int:
    """Prove an archive and bring it in, or only prove it."""
    path = Path(options.file)
    try:
        proved = prove(path.name, file_bytes(options.file))
        for line in told_of(proved):
            _say(line)
        if options.check:
            return FINE
        with Store.open() as store:
            number = bring(store, proved, options.actor).assessment
            _say(f"已导入为“{store.assessment(number).name}”。其操作日志随存档留存，可在“操作日志”查看。")
    except Unfit as problem:
        _say(str(problem))
        return PROBLEMS
    return FINE


def existing_url() -> str:
    """The database in use, which must be there: a wrong setting must not make an empty one and call it whole."""
    url = database_url()
    path = sqlite_path(url)
    if path and not path.exists():
        raise UsageError(f"没有找到数据库“{path}”。请用 HENGXIAO_DATA 指明数据文件夹，或用 DATABASE_URL 指明数据库地址。")
    return url


def _say(line: str) -> None:
    print(line, file=sys.stderr)

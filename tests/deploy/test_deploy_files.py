"""The files in deploy/ agree with each other and with the program. Compose and Docker were not run: nothing here can."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy.template import NAMES, TEMPLATE, filled

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
SBIN = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin"])


def compose() -> dict[str, Any]:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))


def test_the_compose_file_has_two_replicas_of_one_program_nginx_and_postgres() -> None:
    services = compose()["services"]
    assert set(services) == {"app1", "app2", "web", "db"}
    ours = [{key: value for key, value in services[name].items() if key != "networks"} for name in ("app1", "app2")]
    assert ours[0] == ours[1], "replicas that differ are two programs"
    assert services["web"]["image"].startswith("nginx:")
    assert services["db"]["image"].startswith("postgres:")


def test_the_compose_file_gives_nginx_the_addresses_of_the_replicas_and_the_replicas_that_of_nginx() -> None:
    services = compose()["services"]
    addresses = {name: services[name]["networks"]["inner"]["ipv4_address"] for name in ("app1", "app2", "web")}
    told = services["web"]["environment"]
    assert told["REPLICA_1"] == f"{addresses['app1']}:8501"
    assert told["REPLICA_2"] == f"{addresses['app2']}:8501"
    assert services["app1"]["environment"]["HENGXIAO_PROXIES"] == addresses["web"]
    assert set(NAMES) <= set(told)
    allowed = re.compile(told["NGINX_ENVSUBST_FILTER"].replace("$$", "$"))
    assert all(allowed.match(name) for name in NAMES)


def test_the_compose_file_keeps_the_database_and_the_replicas_off_the_outer_network() -> None:
    services = compose()["services"]
    assert [name for name, one in services.items() if "ports" in one] == ["web"]


def test_every_secret_of_the_compose_file_is_asked_for_and_none_is_in_it() -> None:
    text = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
    asked = set(re.findall(r"\$\{(\w+)[:}]", text))
    example = (DEPLOY / "compose.env.example").read_text(encoding="utf-8")
    assert asked == set(re.findall(r"^(\w+)=", example, re.MULTILINE))
    assert not re.search(r"^(?:POSTGRES_PASSWORD|COOKIE_SECRET)=.+", example, re.MULTILINE)


def volumes(service: str) -> list[dict[str, Any]]:
    """Each in the long form."""
    told = compose()["services"][service].get("volumes", [])
    return [dict(zip(("source", "target"), one.split(":"), strict=False)) if isinstance(one, str) else one for one in told]


def test_the_volumes_mounted_into_containers_are_files_of_ours_or_named_or_the_offices_own() -> None:
    made = compose()
    for name in made["services"]:
        for volume in volumes(name):
            source = volume["source"]
            own = source.startswith("/etc/hengxiao/") and volume["read_only"]
            assert source in made["volumes"] or own or (DEPLOY / source).is_file(), f"{name}: {source}"


def test_the_sign_in_and_the_certificate_are_mounted_where_the_program_and_nginx_look_for_them() -> None:
    for replica in ("app1", "app2"):
        assert ("/etc/hengxiao/secrets.toml", "/srv/hengxiao/.streamlit/secrets.toml") in [
            (one["source"], one["target"]) for one in volumes(replica)
        ]
    web, told = compose()["services"]["web"], {one["target"]: one["source"] for one in volumes("web")}
    assert web["environment"]["LISTEN"] == "443 ssl"
    assert [port.split(":")[-1] for port in web["ports"]] == ["443"]
    lines = (DEPLOY / told[web["environment"]["TLS"]]).read_text(encoding="utf-8")
    named = [Path(path) for path in re.findall(r"^ssl_certificate(?:_key)?\s+(\S+);", lines, re.MULTILINE)]
    assert [path.name for path in named] == ["fullchain.pem", "privkey.pem"]
    assert {told[str(path.parent)] for path in named} == {"/etc/hengxiao/tls"}


def test_what_is_missing_on_the_host_stops_the_start_and_is_not_made_an_empty_folder() -> None:
    for name in compose()["services"]:
        for volume in volumes(name):
            if volume["source"].startswith("/"):
                assert volume["bind"] == {"create_host_path": False}, f"{name}: {volume['source']}"


def test_the_manual_names_every_file_that_the_compose_file_wants_from_the_host() -> None:
    manual = (ROOT / "docs/deploy.md").read_text(encoding="utf-8")
    wanted = {one["source"] for name in compose()["services"] for one in volumes(name) if one["source"].startswith("/")}
    for path in (*wanted, "/etc/hengxiao/compose.env", "/etc/hengxiao/tls/fullchain.pem", "/etc/hengxiao/tls/privkey.pem"):
        assert path in manual


def test_no_secret_becomes_a_part_of_the_image() -> None:
    left_out = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert {"**/secrets.toml", "**/compose.env", "**/*.pem", "**/*.key", "var"} <= set(left_out)


def test_nginx_takes_the_template_with_the_certificate_as_it_is_mounted(tmp_path: Path) -> None:
    nginx, openssl = shutil.which("nginx", path=SBIN), shutil.which("openssl")
    if nginx is None or openssl is None:
        pytest.skip("nginx or openssl is not installed")
    key, chain = tmp_path / "privkey.pem", tmp_path / "fullchain.pem"
    made = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=kaohe.example"]
    subprocess.run([openssl, *made, "-keyout", key, "-out", chain], check=True, capture_output=True, timeout=60)
    lines = (DEPLOY / "tls.conf").read_text(encoding="utf-8").replace("/etc/nginx/tls", str(tmp_path))
    (tmp_path / "tls.conf").write_text(lines, encoding="utf-8")
    served = filled(TEMPLATE.read_text(encoding="utf-8"), LISTEN="127.0.0.1:8443 ssl", TLS=str(tmp_path / "tls.conf"))
    whole = f"pid {tmp_path}/pid; error_log stderr; events {{}} http {{ access_log off; {served} }}"
    (tmp_path / "nginx.conf").write_text(whole, encoding="utf-8")
    asked = [nginx, "-t", "-p", tmp_path, "-c", tmp_path / "nginx.conf"]
    said = subprocess.run(asked, capture_output=True, text=True, timeout=60)
    assert said.returncode == 0, said.stderr
    chain.unlink()
    assert subprocess.run(asked, capture_output=True, timeout=60).returncode != 0, "the certificate is not read at all"


def test_the_dockerfile_installs_from_the_wheelhouse_alone_and_runs_as_nobody_special() -> None:
    lines = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").splitlines()
    words = [line.split()[0] for line in lines if line and not line.startswith(("#", " "))]
    assert words[0] == "FROM"
    assert words.index("USER") < words.index("CMD")
    assert "FROM python:3.11-slim" in lines
    installs = [line for line in lines if "pip install" in line]
    assert installs
    assert all("--no-index --find-links" in line for line in installs)


def test_the_template_leaves_no_name_open_and_refuses_one_it_does_not_have() -> None:
    text = filled(TEMPLATE.read_text(encoding="utf-8"), LISTEN="8080", REPLICA_1="10.0.0.1:1", REPLICA_2="10.0.0.2:2")
    assert "${" not in text
    assert text.count("10.0.0.1:1") == 3
    with pytest.raises(ValueError, match="REPLICA_9"):
        filled("", REPLICA_9="10.0.0.9:9")


def test_the_body_nginx_lets_through_is_larger_than_what_the_program_takes() -> None:
    limit = re.search(r"client_max_body_size (\d+)m;", TEMPLATE.read_text(encoding="utf-8"))
    most = re.search(r"^maxUploadSize = (\d+)", (ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"), re.MULTILINE)
    assert limit
    assert most
    assert int(most[1]) < int(limit[1]) <= 2 * int(most[1])


@pytest.mark.parametrize("unit", ["hengxiao.service", "hengxiao-backup.service", "hengxiao-backup.timer"])
def test_systemd_takes_the_units(unit: str, tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not installed")
    for each in DEPLOY.glob("hengxiao*"):
        text = each.read_text(encoding="utf-8").replace("/opt/hengxiao/current/.venv/bin/python", "/bin/true")
        (tmp_path / each.name).write_text(text, encoding="utf-8")
    said = subprocess.run([program, "verify", str(tmp_path / unit)], capture_output=True, text=True, timeout=60)
    ours = [line for line in said.stderr.splitlines() if "hengxiao" in line]
    assert not ours


@pytest.mark.parametrize(
    "line", ["NoNewPrivileges=yes", "ProtectSystem=strict", "PrivateTmp=yes", "ReadWritePaths=/var/lib/hengxiao", "UMask=0077"]
)
def test_both_services_are_hardened(line: str) -> None:
    for name in ("hengxiao.service", "hengxiao-backup.service"):
        assert line in (DEPLOY / name).read_text(encoding="utf-8").splitlines(), name

#!/bin/sh
# Installs 衡效 out of the unpacked bundle. Needs Python of the version named in wheelhouse/PYTHON, and no network.
#   sh deploy/install.sh [python]
set -eu
cd "$(dirname "$0")/.."
python=${1:-python3}

sha256sum --quiet -c SHA256SUMS || { echo '文件不完整：请重新拷贝安装包。The bundle is damaged: copy it again.' >&2; exit 1; }
wanted=$(cat wheelhouse/PYTHON)
found=$("$python" -c 'import platform, sys; print("%d.%d %s" % (*sys.version_info[:2], platform.machine()))') || {
  echo "没有找到 Python：请先安装 Python ${wanted%% *}（含 venv），或写明其路径：sh deploy/install.sh /路径/python3" >&2; exit 1; }
[ "$found" = "$wanted" ] || { echo "安装包为 Python $wanted 制作，本机为 $found。请用相符的 Python，或另制安装包。" >&2; exit 1; }

rm -rf .venv
"$python" -m venv .venv
.venv/bin/python -m pip --disable-pip-version-check --quiet install --no-index --find-links wheelhouse -r requirements.txt
touch .venv/.installed
.venv/bin/python cli.py --version
echo '安装完成。启动：.venv/bin/python -m streamlit run server.py'

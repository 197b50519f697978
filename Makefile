# 衡效 Hengxiao. `make help` lists the chores. Nothing has to be activated: every line uses the project's own .venv.
PORT    ?= 8501
WORKERS ?= 2
VENV    := .venv
PY      := $(VENV)/bin/python
APP     := $(VENV)/.installed
DEV     := $(VENV)/.installed-dev
BENCH   := $(VENV)/.installed-bench
PIP     := $(PY) -m pip --disable-pip-version-check --quiet install
PYTEST  := $(PY) -m pytest

.DEFAULT_GOAL := help
.PHONY: help run test test-all chaos soak lint bench shots bundle clean
.DELETE_ON_ERROR:

help:   ## this list 本说明
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(APP)   ## open the dashboard on 127.0.0.1:8501 (PORT=8600 for another) 启动看板
	$(PY) -m streamlit run server.py --server.port $(PORT)

# The browser part runs by itself: on two cores a journey beside a full test run is a slow journey.
test: $(DEV)   ## unit, property, page and browser tests; at most ten minutes 测试
	$(PYTEST) -n $(WORKERS) --dist loadfile -m "not browser and not slow and not chaos and not soak"
	$(PYTEST) -m "browser and not slow and not chaos and not soak"

test-all: $(DEV) lint   ## everything, the slow tiers too 全部测试
	$(PYTEST) -n $(WORKERS) --dist loadfile -m "not browser and not chaos and not soak"
	$(PYTEST) -m "browser and not chaos and not soak"

chaos: $(DEV)   ## long trials of what must never be lost: kills, mutated files, stopped databases 破坏性试验
	$(PYTEST) -m chaos

soak: $(DEV)   ## hundreds of viewers and half an hour of use 长时间负载试验
	$(PYTEST) -m soak

lint: $(DEV)   ## ruff, mypy and the floors of the design 代码检查
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(VENV)/bin/lint-imports --no-logo

bench: $(DEV) $(BENCH)   ## the times, side by side with plain numpy, pandas and two libraries 性能
	PYTHONPATH=$(CURDIR)/$(VENV)/bench $(PY) -m tools.bench

shots: $(DEV)   ## renew the pictures in docs/pictures 更新截图
	$(PY) -m tools.shots
	$(PY) -m tools.shots_papers

bundle: $(APP)   ## one file that installs on a machine without a network: dist/hengxiao-….tar.gz 离线安装包
	$(PY) -m tools.bundle

clean:   ## remove the virtual environment and caches; the data in var/ stays 清理
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(APP): requirements.txt constraints.txt
	@$(call make_venv)
	@echo '正在安装依赖，首次约需一至两分钟…  Installing the pinned requirements…'
	@$(PIP) -r requirements.txt || { $(call pip_failed); }
	@touch $@

$(DEV): requirements-dev.txt $(APP)
	@echo '正在安装测试工具…  Installing what the tests need…'
	@$(PIP) -r requirements-dev.txt || { $(call pip_failed); }
	@touch $@

# Into a folder that only the bench looks into, and without their wishes for numpy and pandas: the app's pins stand. Where it
# cannot be installed the bench says so and goes on.
$(BENCH): requirements-bench.txt $(DEV)
	@echo '正在安装对照用的库…  Installing the libraries that the bench stands beside…'
	@rm -rf $(VENV)/bench
	@if $(PIP) --no-deps --target $(VENV)/bench -r requirements-bench.txt; then touch $@; fi

# A half-made .venv (interrupted, or made where ensurepip was missing) is made anew, never repaired.
define make_venv
$(PY) -m pip --version >/dev/null 2>&1 && exit 0; \
for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
  "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue; \
  rm -rf $(VENV); "$$python" -m venv $(VENV) >/dev/null 2>&1 && exit 0; \
  rm -rf $(VENV); \
  echo '无法创建虚拟环境：请先安装 Python 的 venv 组件（Debian、Ubuntu：apt install python3-venv），再重试。' >&2; \
  echo 'No virtual environment could be made: install the venv module (Debian, Ubuntu: apt install python3-venv), then run make again.' >&2; \
  exit 1; \
done; \
echo '未找到 Python 3.11 或更高版本：请先安装；若已装在别处，可用 make run PYTHON=该程序的路径。' >&2; \
echo 'No Python 3.11 or newer was found: install one; if it lives elsewhere, say make run PYTHON=/its/path.' >&2; \
exit 1
endef

define pip_failed
echo '依赖安装失败：请检查网络；内网可用环境变量 PIP_INDEX_URL 指定本单位的软件源，再重试。' >&2; \
echo 'Installing failed: check the network; PIP_INDEX_URL names the package index of an inner network.' >&2; exit 1
endef

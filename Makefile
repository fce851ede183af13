# Two commands on a fresh machine: make demo, make test. `make` alone lists the rest.

PYTHON ?= python3
ARGS ?=
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo test test-spark kill check fix docs bench bench-log load load-events crash lock

help: ## この一覧 · this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## .venv を準備する · prepare .venv
	@$(PYTHON) tools/bootstrap.py run

setup-dev:
	@$(PYTHON) tools/bootstrap.py dev

demo: setup ## 合成データの街を作って公開ページを開く · build the synthetic city and open its site (ARGS="--port 9000")
	@$(BIN)/monosashi demo $(ARGS)

# PostgreSQL comes first, so that the summary of the whole suite is the last line.
test: setup-dev ## テストを走らせる · run the suite (ARGS="tests/unit -x"; MONOSASHI_TEST_POSTGRESQL=postgresql://… adds PostgreSQL)
ifdef MONOSASHI_TEST_POSTGRESQL
	MONOSASHI_DATABASE_URL="$(MONOSASHI_TEST_POSTGRESQL)" $(BIN)/pytest tests/web -m "not browser"
else
	@echo "PostgreSQL: skipped. MONOSASHI_TEST_POSTGRESQL=postgresql://user@host/database make test, or bash .ci/run"
endif
	$(BIN)/pytest -n 2 $(ARGS)

test-spark: setup-dev ## 計算例を本物の Spark でも確かめる（Java 17 が要る） · the worked examples on a real Spark too (needs Java 17)
	$(BIN)/python tools/spark_server.py $(ARGS)

kill: setup-dev ## レイクの仕事を何百回も途中で止める · stop work on the lake in the middle, hundreds of times (ARGS=300)
	MONOSASHI_TEST_KILLS=$(or $(ARGS),300) $(BIN)/pytest -n 0 tests/unit/test_lake_kill.py tests/unit/test_lake_care_kill.py tests/unit/test_import_kill.py

crash: setup-dev ## 回答が届く間にサーバーを何百回も止める · kill the server while answers come in, hundreds of times (ARGS=200)
	$(BIN)/python tools/crash_answers.py $(ARGS)

check: setup-dev ## 書き方、型、部屋の順序、文書を確かめる · lint, types, import rules, documentation, migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python tools/house.py
	$(BIN)/python tools/reference.py --check
	PYTHONWARNINGS="ignore:Got an error checking" MONOSASHI_HOME=build/check $(BIN)/monosashi manage makemigrations --check --dry-run

fix: setup-dev ## 直せるものを直す · format, and fix what can be fixed
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

docs: setup-dev ## docs/reference を書き直す · write docs/reference again
	$(BIN)/python tools/reference.py

bench: setup-dev ## 推定と取り込みにかかる時間の表 · a table of how long estimates and an import take
	$(BIN)/python tools/bench.py $(ARGS)
	$(BIN)/python tools/bench_import.py

bench-log: setup-dev ## 手続のログ1,000万件にかかる時間 · how long ten million events of a log take (ARGS=--pm4py)
	$(BIN)/python tools/bench_log.py $(ARGS)

load: setup-dev ## 公開ページの応答時間と、1秒に受け付ける回答の数 · how fast public pages answer, how many answers a second are stored (ARGS="--rate 0")
	$(BIN)/python tools/load.py
	$(BIN)/python tools/load_answers.py $(ARGS)

load-events: setup-dev ## API に届く記録が毎秒いくつ保存できるか · how many events a second the API's door stores
	$(BIN)/python tools/load_events.py

lock: setup-dev ## requirements/*.txt を作り直す · write the locks again (ARGS=--upgrade for newer versions)
	$(BIN)/python tools/lock.py $(ARGS)

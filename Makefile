# make site | serve | check | verify-links | links | verify-site | test | lock | clean
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
SITE ?= site

# Material announces at each build that MkDocs 2 will not be supported. The lock file holds MkDocs
# below 2, so the officer who reads the build's messages is spared it.
export NO_MKDOCS_2_WARNING := 1
# One commit gives one site, byte for byte, on whatever day it is built.
SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null)
ifneq ($(SOURCE_DATE_EPOCH),)
export SOURCE_DATE_EPOCH
endif
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: site serve check verify-links verify-changed links verify-site nightly test lint browser office-suite java lock clean help
.DEFAULT_GOAL := help

help:
	@echo "make site          สร้างเว็บไซต์ใน $(SITE)/ แล้วพิสูจน์ว่ามีครบทุกมาตรการ"
	@echo "make serve         ดูตัวอย่างที่ http://127.0.0.1:8000/ แก้ไฟล์แล้วเห็นทันที"
	@echo "make check         ตรวจไฟล์มาตรการ"
	@echo "make verify-links  ตรวจลิงก์ที่ถึงกำหนดกับเว็บไซต์จริง แล้วบันทึกผล"
	@echo "make links         ดูลิงก์ที่ต้องแก้ แยกตามผู้รับผิดชอบ"
	@echo "make verify-site   ตรวจลิงก์ภายในของเว็บไซต์ที่สร้างแล้ว"
	@echo "make test          ทดสอบทั้งหมด (สำหรับผู้พัฒนา)"

site: $(VENV)/site.stamp
	$(BIN)/mkdocs build --strict --site-dir $(SITE)
	$(BIN)/prongsai check --quiet --site $(SITE)

serve: $(VENV)/site.stamp
	$(BIN)/mkdocs serve

check: $(VENV)/site.stamp
	$(BIN)/prongsai check $(CHECK_OPTIONS)

verify-links: $(VENV)/site.stamp
	$(BIN)/prongsai verify-links

links: $(VENV)/site.stamp
	@$(BIN)/prongsai links $(LINK_OPTIONS)

# What CI runs before a change is taken in: the links that it adds, compared with $$SINCE. The
# name of a revision comes from outside, so the shell reads it and make does not.
verify-changed: $(VENV)/site.stamp
	@$(BIN)/prongsai verify-links --only-changed --since "$${SINCE:-HEAD~1}" $(LINK_OPTIONS)

# What CI runs every night: broken links (1) are a result to keep, not a reason to stop.
nightly: $(VENV)/site.stamp
	$(BIN)/prongsai verify-links || [ $$? -eq 1 ]
	PRONGSAI=$(BIN)/prongsai sh .ci/keep-ledger

verify-site: site
	$(BIN)/prongsai verify-links --site $(SITE)

test: $(VENV)/test.stamp lint browser office-suite java tests/npm/node_modules/.stamp
	$(BIN)/python -m pytest

lint: $(VENV)/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

browser:
	@for name in "$$CHROMIUM" chromium chromium-browser google-chrome google-chrome-stable \
	    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do \
	  if [ -n "$$name" ] && command -v "$$name" >/dev/null 2>&1; then exit 0; fi; \
	done; sh .ci/debian-packages chromium fonts-thai-tlwg

# Files that LibreOffice wrote are read by the importer's tests.
office-suite:
	@command -v soffice >/dev/null 2>&1 || sh .ci/debian-packages libreoffice-writer libreoffice-calc

# What judges the built pages: axe for accessibility, and the Nu checker for HTML, which needs Java.
tests/npm/node_modules/.stamp: tests/npm/package-lock.json
	@command -v npm >/dev/null 2>&1 || sh .ci/debian-packages npm
	cd tests/npm && npm ci --silent
	@touch $@

java:
	@java -version >/dev/null 2>&1 || sh .ci/debian-packages default-jre-headless

# The lock holds for every platform and every Python from 3.11 on; `make lock` needs uv.
lock:
	uv pip compile pyproject.toml --extra share --group build --universal --python-version 3.11 \
	  --generate-hashes --no-header --no-annotate -o requirements/site.txt
	uv pip compile pyproject.toml --extra share --group build --group test -c requirements/site.txt --universal \
	  --python-version 3.11 --generate-hashes --no-header --no-annotate -o requirements/test.txt

clean:
	rm -rf $(VENV) $(SITE)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "ต้องใช้ Python 3.11 ขึ้นไป / Python 3.11 or newer is needed: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || sh .ci/debian-packages python3-venv
	$(PYTHON) -m venv $(VENV)

$(VENV)/site.stamp: requirements/site.txt pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/site.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/test.stamp: requirements/test.txt $(VENV)/site.stamp
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/test.txt
	@touch $@

# "make" without a target lists the targets; the text after ## is the description. Variables of the command line (SQL,
# FILE, KEPT, FORCE, FOLLOW, SERVICES) reach the scripts through the environment, because make exports them.

MVN ?= mvn
export MVN
DATABASE := ./infrastructure/bin/database.sh
WHAT ?= core

.DEFAULT_GOAL := help
.PHONY: help dev run test format benchmarks psql backup restore \
	infrastructure-up infrastructure-down infrastructure-status infrastructure-logs infrastructure-clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-24s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@printf '\n%s\n' 'SERVICES: some of cache, queue, rabbitmq, storage, search, pooler, metrics. Only rabbitmq and Grafana need Docker.'
	@printf '%s\n' 'psql, backup and restore use the local database, or that of DATABASE_URL, DB_HOST or DB_SECRET_ID.'

dev: infrastructure-up ## start the local database and SERVICES, and run examples/ledger with them as an HTTP service
	@variables=$$($(DATABASE) variables) && \
		exec env $$variables $(MVN) -q -Prun -pl examples/ledger -am -Dledger.arguments=--serve

run: ## run examples/ledger once
	$(MVN) -q -Prun -pl examples/ledger -am

test: ## build everything and run all tests
	$(MVN) verify

format: ## format the sources
	$(MVN) -q spotless:apply

benchmarks: ## measure on a quiet machine: WHAT=core, driver, boot, redis, secrets, cli, metrics or faults
	$(MVN) -q -Pbenchmarks verify -pl benchmarks -am -Dwhat=$(WHAT)

infrastructure-up: ## start the local database, and SERVICES; returns when they are ready
	@$(DATABASE) up

infrastructure-down: ## stop the database and all services, or only SERVICES, and keep their data
	@$(DATABASE) down

infrastructure-status: ## print whether the database and the services are running, in Docker or embedded
	@$(DATABASE) status

infrastructure-logs: ## follow the logs, or only those of SERVICES (FOLLOW=0: print the last lines)
	@$(DATABASE) logs

infrastructure-clean: ## stop everything, or only SERVICES, and delete the data (FORCE=1: without confirmation)
	@$(DATABASE) clean

psql: ## open psql; SQL='...' runs one statement
	@$(DATABASE) psql

backup: ## dump the database to infrastructure/backups
	@$(DATABASE) backup

restore: ## replace the database with the dump FILE=...; KEPT=... goes back to the previous database
	@$(DATABASE) restore

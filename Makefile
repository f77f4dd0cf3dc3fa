# "make" alone lists what there is. Each target says what it does behind ##. What is given on the command line (SQL, FILE,
# FORCE, FOLLOW) reaches the scripts in their environment, as make passes it on.

MVN ?= mvn
export MVN
DATABASE := ./infrastructure/bin/database.sh

.DEFAULT_GOAL := help
.PHONY: help dev run test format benchmarks benchmarks-secrets benchmarks-cli benchmarks-metrics psql backup restore \
	infrastructure-up infrastructure-down infrastructure-status infrastructure-logs infrastructure-clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-24s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

dev: infrastructure-up ## the local database, and examples/ledger on it as an HTTP service
	$(MVN) -q -Prun -pl examples/ledger -am -Dledger.arguments=--serve

run: ## run examples/ledger once
	$(MVN) -q -Prun -pl examples/ledger -am

test: ## build everything and run every test
	$(MVN) verify

format: ## format the sources
	$(MVN) -q spotless:apply

benchmarks: ## compare with HikariCP and pgjdbc on a quiet machine, and write docs/benchmarks.md (about ten minutes)
	$(MVN) -q -Pbenchmarks verify -pl benchmarks -am

benchmarks-secrets: ## compare with what else reads AWS Secrets Manager, and write docs/benchmarks-secrets.md
	$(MVN) -q -Psecrets-benchmarks verify -pl benchmarks -am

benchmarks-cli: ## measure starts of the command line, and write docs/benchmarks-cli.md (about a minute)
	$(MVN) -q -Pcli-benchmarks verify -pl benchmarks -am

benchmarks-metrics: ## what measuring the pool costs, and write docs/benchmarks-metrics.md (about 20 minutes)
	$(MVN) -q -Pmetrics-benchmarks verify -pl benchmarks -am

infrastructure-up: ## start the local database; returns when it accepts logins
	@$(DATABASE) up

infrastructure-down: ## stop it; the data stays
	@$(DATABASE) down

infrastructure-status: ## say whether it runs, in Docker or embedded
	@$(DATABASE) status

infrastructure-logs: ## follow its log (FOLLOW=0: the last lines)
	@$(DATABASE) logs

infrastructure-clean: ## stop it and delete its data (FORCE=1: without asking)
	@$(DATABASE) clean

psql: ## open psql on it, or on the one DATABASE_URL or DB_HOST name (SQL='...': run that)
	@$(DATABASE) psql

backup: ## dump it to infrastructure/backups
	@$(DATABASE) backup

restore: ## replace it by a dump: FILE=infrastructure/backups/... (FORCE=1: without asking)
	@$(DATABASE) restore

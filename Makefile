# GoMLX needs Go 1.27, and its Go backend has its vector kernels only with this experiment. Setting both here means that
# nobody has to type them.
export GOTOOLCHAIN = go1.27.3
export GOEXPERIMENT = simd
# The header of go-nvml warns of some 80 old names, none of which is used here.
export CGO_CFLAGS = -O2 -g -Wno-deprecated-declarations

GO = go
LINT = $(GO) run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
# GoMLX's packing for AVX-512 forms pointers past its buffers, which checkptr, on in race builds, would stop.
RACE = -race -gcflags=all=-d=checkptr=0

# A package may take longer than the ten minutes that Go gives it where other programs hold the cores.
TEST = $(GO) test -timeout 30m

# These compute too much for the race detector, and run without it.
LONG = ^(TestWorkshopFromTheFirstPageToTheLast|TestLabsLeaveNothingBehind|TestReadmeCommands|TestDefaultLabLearns|TestNothingOverflows)$$

.PHONY: run build test golden lint bench load hour ci clean vet cross pictures licences vulnerabilities release-files snapshot

run: build
	bin/aetutor

# The sources of GoMLX that exercises are built from, a part of the program.
PACK = exercises/pack/packed/vendor.tar.gz

$(PACK): go.mod $(wildcard exercises/pack/*.go exercises/pack/requirements.*)
	$(GO) run ./exercises/pack/make $@

build: $(PACK)
	@test -e bin/aetutor || echo "Building the program. The first time this takes a minute or two, and says nothing."
	$(GO) build -o bin/aetutor .

test:
	$(TEST) $(RACE) ./...
	$(TEST) -run '$(LONG)' .

# The golden screens, written anew from what the program draws now. Read the difference before keeping it.
golden:
	$(GO) test $$(grep -rl 'flag.Bool("update"' --include=*_test.go . | xargs -n1 dirname | sort -u) -run Golden -update

lint:
	$(LINT) run ./...

bench: build
	bin/aetutor bench

# A class of 200 learners, clients that mean no good, crashes and checks, all on this machine; it takes some minutes.
load: build
	$(GO) run ./server/load bin/aetutor

# The first hour of somebody who has nothing of it yet, from the clone of what is committed here to ssh, and how long they
# waited for each step. It downloads and builds all anew.
hour: $(PACK)
	$(GO) test -run '^TestStrangersHour$$' -timeout 90m . -hour -v

ci:
	.ci/run

clean:
	rm -rf bin dist dist-files $(PACK)

# The systems that a release is built for. What is not this one's code is compiled on every change, tests included.
SYSTEMS = linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64
OTHERS = linux/arm64 darwin/arm64 windows/amd64
each = for system in $(1); do echo $$system; \
	CGO_ENABLED=0 GOOS=$${system%/*} GOARCH=$${system\#*/} $(2) || exit 1; done

vet: $(PACK)
	$(call each,$(OTHERS),$(GO) vet ./...)

cross: $(PACK)
	$(call each,$(SYSTEMS),$(GO) build -o /dev/null .)

# The pictures of README.md and docs, taken from the program. A scene that trains takes its time.
pictures: build
	$(GO) run ./internal/pictures

licences:
	$(GO) run ./internal/licences THIRD_PARTY_LICENSES

# It asks https://vuln.go.dev, and fails where that cannot be reached.
vulnerabilities: $(PACK)
	$(GO) run golang.org/x/vuln/cmd/govulncheck@v1.9.0 ./...

# What a release holds besides the program.
release-files: build licences
	rm -rf dist-files && mkdir -p dist-files/completions dist-files/man
	bin/aetutor completion bash > dist-files/completions/aetutor.bash
	bin/aetutor completion zsh > dist-files/completions/_aetutor
	bin/aetutor completion fish > dist-files/completions/aetutor.fish
	bin/aetutor completion powershell > dist-files/completions/aetutor.ps1
	bin/aetutor man > dist-files/man/aetutor.1

# Everything that a release publishes, in dist, and nothing published. The tools are built without the experiment.
TOOLS = $(CURDIR)/bin/tools
snapshot:
	GOEXPERIMENT= GOBIN=$(TOOLS) $(GO) install github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@v1.10.0
	GOEXPERIMENT= GOBIN=$(TOOLS) $(GO) install github.com/goreleaser/goreleaser/v2@v2.15.1
	PATH="$(TOOLS):$$PATH" $(TOOLS)/goreleaser release --snapshot --clean --skip=publish

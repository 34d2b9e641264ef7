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

.PHONY: run build test golden lint bench load ci clean

run: build
	bin/aetutor

# The sources of GoMLX that exercises are built from, a part of the program.
PACK = exercises/pack/packed/vendor.tar.gz

$(PACK): go.mod $(wildcard exercises/pack/*.go exercises/pack/requirements.*)
	$(GO) run ./exercises/pack/make $@

build: $(PACK)
	$(GO) build -o bin/aetutor .

test:
	$(GO) test $(RACE) ./...

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

ci:
	.ci/run

clean:
	rm -rf bin $(PACK)

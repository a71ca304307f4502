# `make` builds ctiscope; the targets below are what the project's checks run.

GO ?= go
STATICCHECK = honnef.co/go/tools/cmd/staticcheck@v0.8.2
PLATFORMS = linux/amd64 linux/arm64 windows/amd64 windows/arm64 darwin/amd64 darwin/arm64
FUZZTIME ?= 30s

.PHONY: all build test race lint cross fuzz bench benchcompile costs soak update clean

all: build

build:
	CGO_ENABLED=0 $(GO) build -trimpath -o ctiscope ./cmd/ctiscope

test:
	$(GO) test ./...

race:
	$(GO) test -race ./...

# The whole of gofmt, go vet and staticcheck.
lint:
	@unformatted=$$(gofmt -l .); if [ -n "$$unformatted" ]; then echo "not formatted by gofmt:"; echo "$$unformatted"; exit 1; fi
	$(GO) vet ./...
	$(GO) run $(STATICCHECK) ./...

# Builds for every system into dist/. go vet looks at the files that only
# another system compiles.
cross:
	@for p in $(PLATFORMS); do \
		os=$${p%/*}; arch=$${p#*/}; ext=; [ $$os = windows ] && ext=.exe; \
		echo "build $$p"; \
		CGO_ENABLED=0 GOOS=$$os GOARCH=$$arch $(GO) build -trimpath -o dist/ctiscope-$$os-$$arch$$ext ./cmd/ctiscope || exit 1; \
	done
	CGO_ENABLED=0 GOOS=windows GOARCH=amd64 $(GO) vet ./...
	CGO_ENABLED=0 GOOS=darwin GOARCH=arm64 $(GO) vet ./...

# Every fuzz target for FUZZTIME each.
fuzz:
	.ci/fuzz $(FUZZTIME)

# Every benchmark once: they have to work, the figures do not matter.
benchcompile:
	$(GO) test -run '^$$' -bench . -benchtime 1x ./...

# Measures ctiscope against tcpdump and tshark (docs/performance.md).
bench:
	$(GO) run ./cmd/ctibench

# What hostile and odd input costs beside plain messages.
costs:
	$(GO) run ./cmd/ctibench -costs 16

# An hour of damaged traffic, memory printed over time.
soak:
	$(GO) run ./cmd/ctibench -soak 1h

# Rewrites transcripts and references to what the program prints now.
update:
	$(GO) test ./cmd/ctiscope ./output/reference -update

clean:
	rm -rf ctiscope dist

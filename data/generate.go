package data

// The tool makes each file of the table in SOURCES.md again from where the table says it comes from.
//
//go:generate go run ./internal/fetch

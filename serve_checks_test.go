package main

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"

	"github.com/aetutor/aetutor/exercises/jail"
)

func TestChecksNeedTheWholeJail(t *testing.T) {
	missing := []jail.Protection{{Name: "walls", Does: "keeps it in", Note: "no bricks", Fix: "Buy bricks."}}
	for name, test := range map[string]struct {
		missing []jail.Protection
		unsafe  bool
		told    string // to learners
		log     []string
	}{
		"whole":              {nil, false, "", nil},
		"whole, unsafe":      {nil, true, "", nil},
		"without walls":      {missing, false, "It lacks: walls (no bricks).", []string{`reason="no bricks"`, `fix="Buy bricks."`, "exercises are not checked"}},
		"unsafe at own risk": {missing, true, "", []string{`reason="no bricks"`, "checked without all protections"}},
	} {
		var log bytes.Buffer
		told := unconfined(test.missing, test.unsafe, slog.New(slog.NewTextHandler(&log, nil)))
		if (told == "") != (test.told == "") || !strings.Contains(told, test.told) {
			t.Errorf("%s: learners are told %q, want %q", name, told, test.told)
		}
		for _, want := range test.log {
			if !strings.Contains(log.String(), want) {
				t.Errorf("%s: the log lacks %q: %s", name, want, &log)
			}
		}
		if test.log == nil && log.Len() > 0 {
			t.Errorf("%s: the log says %s", name, &log)
		}
	}
}

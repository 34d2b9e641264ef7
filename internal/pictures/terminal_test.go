//go:build unix

package main

import (
	"strings"
	"testing"
)

func shell(script string) scene {
	return scene{name: "shell", title: "A shell", width: 60, height: 2, script: script}
}

func TestSceneIsPlayed(t *testing.T) {
	s := shell(`printf 'ready '; read -r word; printf "%s and ${AETUTOR_STATE##*/}" "$word"; sleep 60`)
	s.steps = []step{{shows: []string{"rea[d]y"}}, {keys: "go\r", shows: []string{"go and shell"}, hides: "ready go$"}}
	home := t.TempDir()
	picture, err := s.play(t.Context(), "/none/aetutor", home)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(picture, ">go and shell</text>") {
		t.Errorf("the picture is\n%s", picture)
	}
}

func TestSceneThatEndsEarlyIsAnError(t *testing.T) {
	s := shell("printf done")
	s.steps = []step{{shows: []string{"more"}}}
	if _, err := s.play(t.Context(), "/none/aetutor", t.TempDir()); err == nil || !strings.Contains(err.Error(), "ended before") {
		t.Errorf("the error is %v", err)
	}
}

func TestUnknownSceneIsAnError(t *testing.T) {
	if err := draw(t.Context(), "aetutor", t.TempDir(), []string{"nonsense"}); err == nil {
		t.Error("there is no error")
	}
}

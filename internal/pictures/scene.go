package main

import (
	"context"
	"errors"
	"image/color"
	"os"
	"path/filepath"
)

// A scene is a screen and the way to it.
type scene struct {
	name          string // of its file, without the ending
	title         string // what it shows, for readers who do not see it
	width, height int    // in cells
	script        string // a line of a shell that runs in place of the program, which it finds as aetutor
	args          []string
	steps         []step
}

// A step presses keys, as the terminal sends them, and then waits for texts on the screen, which are regular
// expressions.
type step struct {
	keys  string
	shows []string
	hides string // what has to be gone at the end, if anything
}

const enter = "\r"

// scenes are all pictures. Each shows a learner's first visit; a model that one of them trains serves those after it.
func scenes() []scene {
	return []scene{
		{
			name: "train", title: "The lab train while an autoencoder learns to redraw handwritten digits",
			width: 100, height: 30, args: []string{"--lesson", "autoencoder/train-it"},
			steps: []step{
				{shows: []string{"open the lab"}}, {keys: enter, shows: []string{"redrawn", "▼"}},
				{shows: []string{`epoch +4 /`}},
			},
		},
		{
			name: "page", title: "A page of the lesson on autoencoders",
			width: 100, height: 30, args: []string{"--lesson", "autoencoder/the-bottleneck"},
			steps: []step{{shows: []string{"quit"}}},
		},
		{
			name: "threshold", title: "The lab threshold: reconstruction errors of digits and of clothes",
			width: 100, height: 30, args: []string{"--lesson", "anomaly/choose-one"},
			steps: []step{
				{shows: []string{"open the lab"}}, {keys: enter, shows: []string{"precision", "AUC"}},
				{keys: "b", shows: []string{"best F1"}},
			},
		},
		{
			name: "latent-map", title: "The lab latent-map: held-out digits by their codes",
			width: 100, height: 30, args: []string{"--lesson", "knn/the-map"},
			steps: []step{
				{shows: []string{"open the lab"}}, {keys: enter, shows: []string{`accuracy +0\.\d+ +0\.\d+`, "[⡀-⣿]"}},
				{hides: "…"}, {keys: "++++", shows: []string{`k +5`}},
			},
		},
		{
			name: "check", title: "aetutor check finds a mean absolute error in the place of the squared one",
			width: 84, height: 15, script: `{ cd "$AETUTOR_STATE" && aetutor init work >init.txt && cd work && ` +
				`sed -i 's/(Sub(x, reconstruction))/(Abs(Sub(x, reconstruction)))/' 02-autoencoder/loss/loss.go; } || exit; ` +
				`aetutor check loss >../first.txt 2>&1; ` + // It builds GoMLX, which later ones need not.
				`printf '$ aetutor check loss\n'; aetutor check loss 2>../check.txt; sleep 600`,
			steps: []step{{shows: []string{"got", "in place of"}}},
		},
		{
			name: "class", title: "ssh -t HOST class: who is where, and what stops people",
			width: 120, height: 24, script: classOfSix,
			steps: []step{{shows: []string{"Ada .* train", "Wisława .* 6/12", "Sofja .* 9/10"}}, {shows: []string{"The loss"}}},
		},
	}
}

// classOfSix has a teacher look at a server of this machine while six people learn: each joins, turns some pages and
// stays, the first in a lab, and two try an exercise. All of it ends when the terminal closes.
const classOfSix = `
cd "$AETUTOR_STATE" && ssh-keygen -q -t ed25519 -N '' -f teacher || exit
aetutor serve --listen 127.0.0.1:0 --state serve --teacher teacher.pub >serve.txt 2>serve.log &
while ! grep -q ' serves at ' serve.txt; do sleep 0.1; done
port=$(sed -n 's/.* serves at 127.0.0.1:\([0-9]*\);.*/\1/p' serve.txt)
visit() {
	key=$1; shift
	ssh -F none -i "$key" -o IdentitiesOnly=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=known -o LogLevel=ERROR \
		-p "$port" "$@"
}
learn() {
	name=$1 pages=$2; shift 2
	ssh-keygen -q -t ed25519 -N '' -f "key-$pages" && visit "key-$pages" 127.0.0.1 join "$name" >joined.txt
	{
		sleep 1
		for _ in $(seq "$pages"); do printf '\033[F'; sleep 0.2; printf '\033[C'; sleep 0.2; done
		printf "$@"
		sleep 600
	} | visit "key-$pages" -tt 127.0.0.1 >/dev/null 2>&1 &
}
learn Ada 22 '\r'
learn Emmy 27 ''
learn Grace 31 ''
learn Rózsa 19 ''
learn Sofja 36 ''
learn Wisława 21 ''
for key in key-19 key-21; do
	visit $key 127.0.0.1 get loss >loss.go
	sed -i 's/(Sub(x, reconstruction))/(Abs(Sub(x, reconstruction)))/' loss.go
	visit $key 127.0.0.1 check loss <loss.go >checked.txt 2>&1
done
visit teacher 127.0.0.1 join Mary >joined.txt
visit teacher -t 127.0.0.1 class
`

// background and foreground are what the emulated terminal shows where a program asks for nothing else.
func background() color.Color { return color.RGBA{R: 0x14, G: 0x16, B: 0x1b, A: 0xff} }
func foreground() color.Color { return color.RGBA{R: 0xdc, G: 0xdc, B: 0xdc, A: 0xff} }

// play goes the way and draws where it ends. Models are kept in the directory home, and so is the progress of each scene.
func (s scene) play(ctx context.Context, program, home string) (picture string, err error) {
	state := filepath.Join(home, s.name)
	if err := os.MkdirAll(state, 0o700); err != nil {
		return "", err
	}
	env := []string{"AETUTOR_CACHE=" + home, "AETUTOR_STATE=" + state}
	args := s.args
	if s.script != "" {
		env = append(env, "PATH="+filepath.Dir(program)+string(filepath.ListSeparator)+os.Getenv("PATH"))
		program, args = "/bin/sh", []string{"-c", s.script}
	}
	t, err := open(ctx, s.width, s.height, program, args, env)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, t.close()) }()
	for _, step := range s.steps {
		if err := t.press(step.keys); err != nil {
			return "", err
		}
		for _, text := range step.shows {
			if err := t.until(text, true); err != nil {
				return "", err
			}
		}
		if step.hides != "" {
			if err := t.until(step.hides, false); err != nil {
				return "", err
			}
		}
	}
	if err := t.settle(); err != nil {
		return "", err
	}
	return svg(t.screen, s.title), nil
}

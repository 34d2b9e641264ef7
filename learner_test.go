package main

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/aetutor/aetutor/data"
	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/lessons"
	"github.com/aetutor/aetutor/progress"
	"github.com/aetutor/aetutor/tui"
	screen "github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/tuitest"
)

// easyDigits are pictures of blocks in place of digits, each of some pictures many times: a network of any size redraws
// them after a few dozen steps. Their ink grows from low to high.
func easyDigits(t *testing.T, pictures, examples int, low, high float64, block int) *lab.Digits {
	t.Helper()
	const side = 28
	random := rand.New(rand.NewPCG(1, 0))
	drawn := make([][]byte, pictures)
	for i := range drawn {
		drawn[i] = make([]byte, side*side)
		ink := low + (high-low)*float64(i)/float64(pictures-1)
		var dark [side * side]bool
		for at := range dark {
			dark[at] = random.Float64() < ink
		}
		for at := range drawn[i] {
			if y, x := at/side, at%side; dark[y/block*side+x/block] {
				drawn[i][at] = 255
			}
		}
	}
	var pixels, labels []byte
	for i := range examples {
		pixels, labels = append(pixels, drawn[i%pictures]...), append(labels, byte(i%pictures%10))
	}
	set, err := data.NewImages("blocks", side, side, pixels, labels, strings.Split("0123456789", ""))
	if err != nil {
		t.Fatal(err)
	}
	return &lab.Digits{Learned: set, HeldOut: set.Slice(0, min(examples, 400))}
}

// smallSession opens labs as the workshop does, with settings and data with which each reaches its task in a second or
// two. What a lab keeps is its own, since the labs have different data.
type smallSession struct {
	env      lab.Env
	settings map[string]map[string]string // by lab, over those of the lesson
	digits   map[string]*lab.Digits       // by lab; "" for the others
	dir      string
}

func newSmallSession(t *testing.T) *smallSession {
	t.Helper()
	env, closeEnv := newLabEnv("go", nil)
	t.Cleanup(closeEnv)
	env.Probe = nil // The program that runs is the test.
	few := easyDigits(t, 10, 260, 0.08, 0.19, 2)
	return &smallSession{
		env: env, dir: t.TempDir(),
		settings: map[string]map[string]string{
			"builder":     {"hidden": "96", "epochs": "10"},
			"train":       {"hidden": "64", "epochs": "200", "lr": "0.003"},
			"bottleneck":  {"epochs": "20"},
			"noise-bench": {"epochs": "8"},
			"vae-train":   {"hidden": "64", "epochs": "40", "lr": "0.01"},
			"few-labels":  {"most": "1", "repeats": "1", "pictures": "1000", "epochs": "1", "heldout": "400"},
		},
		digits: map[string]*lab.Digits{
			"":           easyDigits(t, 10, 1280, 0.08, 0.19, 2),
			"bottleneck": easyDigits(t, 30, 384, 0.5, 0.5, 2), // Too many pictures for 16 components.
			"latent-map": few,                                 // Principal components take their time.
			"maps":       few,
			"threshold":  easyDigits(t, 10, 2560, 0.08, 0.19, 2),
			"vae-train":  easyDigits(t, 12, 1280, 0.06, 0.17, 2),
			"walk":       easyDigits(t, 10, 3840, 0.1, 0.9, 7),
		},
	}
}

// open is an OpenLab of tui.Options.
func (s *smallSession) open(block lessons.Lab) (screen.Screen, error) {
	set := maps.Clone(block.Set)
	if set == nil {
		set = map[string]string{}
	}
	maps.Copy(set, s.settings[block.ID])
	block.Set = set
	env, own := s.env, s.digits[block.ID]
	if env.Digits = own; own == nil {
		env.Digits = s.digits[""]
	}
	env.Models = lab.NewModels(filepath.Join(s.dir, block.ID))
	return openLab(env, block)
}

// hands press the keys of a terminal, and await what its screen shows.
type hands interface {
	Press(strokes ...string)
	Type(text string)
	Await(texts ...string)
	AwaitThat(is func(screen string) bool, what func() string)
	Screen() string
}

// learner goes through the workshop by keys and reads the screen.
type learner struct {
	hands
	T   *testing.T
	own map[string]func(learner) // ways to the tasks of labs in place of those for small data
}

// TestWorkshopFromTheFirstPageToTheLast is the way of a learner who does all there is to do. The settings are small, the
// program, its lessons, its engine and its store are the real ones.
func TestWorkshopFromTheFirstPageToTheLast(t *testing.T) {
	longWithoutRaces(t)
	all, err := loadLessons("")
	if err != nil {
		t.Fatal(err)
	}
	store, notice, err := progress.Open(filepath.Join(t.TempDir(), "progress.db"))
	if err != nil || notice != "" {
		t.Fatal(err, notice)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	session := newSmallSession(t)
	app := tui.New(tui.Options{Lessons: all, OpenLab: session.open, Unicode: true, Store: store, Learner: person})
	term := tuitest.Start(t, app, tuitest.Settings{Width: 120, Height: 40, Live: true})
	l := learner{hands: term, T: t}
	for i, lesson := range all {
		for j := range lesson.Pages {
			l.read(lesson, j)
			if i < len(all)-1 || j < len(lesson.Pages)-1 {
				l.Press("right")
			} else {
				l.Await("100%")
			}
		}
	}
	l.Press("q")
	term.AwaitEnd()
	term.ExpectClean()
	expectAllDone(t, store, all)
}

// expectAllDone looks up what was kept.
func expectAllDone(t *testing.T, store progress.Store, all []lessons.Lesson) {
	t.Helper()
	kept, err := store.Load(person)
	if err != nil {
		t.Fatal(err)
	}
	for _, lesson := range all {
		o := lessonOutline(lesson)
		done := tallyOf(kept, o)
		if done.Pages != done.pages || done.Right != done.quizzes || done.Tasks != done.tasks {
			t.Errorf("of %s there are kept %d of %d pages, %d of %d right answers and %d of %d tasks", lesson.Slug,
				done.Pages, done.pages, done.Right, done.quizzes, done.Tasks, done.tasks)
		}
	}
	if last := all[len(all)-1]; kept.Place.Page != last.Pages[len(last.Pages)-1].ID {
		t.Errorf("the place is %q", kept.Place.Page)
	}
}

// read reads a page to its end, does its labs and answers its questions.
func (l learner) read(lesson lessons.Lesson, at int) {
	l.T.Helper()
	page := lesson.Pages[at]
	title := fmt.Sprintf("%d %s › %d/%d %s", lesson.Number, lesson.Title, at+1, len(lesson.Pages), page.Title)
	l.Await(title)
	items := 0
	for _, block := range page.Blocks {
		switch b := block.(type) {
		case lessons.Lab, lessons.Quiz:
			if items++; items > 1 {
				l.Press("tab")
			}
			if quiz, ok := b.(lessons.Quiz); ok {
				l.answer(quiz)
			} else if opened, ok := b.(lessons.Lab); ok {
				l.Press("enter")
				l.work(opened)
				l.Press("esc")
				l.Await(title)
			}
		}
	}
	l.Press("end")
}

// answer answers wrong first, then right.
func (l learner) answer(quiz lessons.Quiz) {
	l.T.Helper()
	var wrong, right string
	for i, choice := range quiz.Choices {
		if choice.Correct {
			right = string(rune('a' + i))
		} else {
			wrong = string(rune('a' + i))
		}
	}
	// A question that is out of view comes into view by the first press and is answered by the second.
	l.Press(wrong, wrong)
	l.Await("✗ "+wrong, "Not right.")
	l.Press(right)
	l.Await("✓ "+right, "Right.")
}

const reached = "reached ✓"

// work reaches the task of the open lab.
func (l learner) work(block lessons.Lab) {
	l.T.Helper()
	known, ok := lab.Find(block.ID)
	if !ok {
		l.T.Fatalf("there is no lab %s", block.ID)
	}
	ways := map[string]func(){
		"feature-bench": l.moveWeights,
		"devices":       func() { l.Await("processor", "memory", "backend") },
		"matmul-race":   l.race,
		"builder":       l.build,
		"train":         l.train,
		"bottleneck":    l.compareSizes,
		"threshold":     l.chooseThreshold,
		"latent-map":    func() { l.Await("accuracy"); l.Press("+", "tab", "i", "tab", "i", "w", "p") },
		"noise-bench":   func() { l.Press(strings.Fields(strings.Repeat("right ", 7))...); l.Await("0.50"); l.Press("t") },
		"vae-train":     l.raiseBeta,
		"walk":          l.walk,
		"few-labels":    func() { l.Press("left", "left", "left", "left") },
		"maps":          func() { l.Press("right", "right", "right", "right", "right", "right") },
		"analogies":     l.claim,
	}
	way, ok := ways[block.ID]
	if !ok {
		l.T.Fatalf("nobody knows how to do the lab %s", block.ID)
	}
	if own, ok := l.own[block.ID]; ok {
		way = func() { own(l) }
	}
	began := time.Now()
	way()
	defer func() { l.T.Logf("%s took %.1f s", block.ID, time.Since(began).Seconds()) }()
	if known.Task != "" {
		l.Await(reached)
	}
}

// moveWeights lets a tall beat count for ectopic and a high median against it.
func (l learner) moveWeights() {
	l.Await("beat 1 of")
	l.Press("right", "down", "left")
}

var crossover = regexp.MustCompile(`measured crossover (\d+)`)

// race predicts what the race before has measured, again where the machine was busy with something else.
func (l learner) race() {
	l.T.Helper()
	sizes := lab.RaceSizes()
	for range 8 {
		l.Await("enter starts the race")
		l.Press("enter")
		text := ""
		l.AwaitThat(func(now string) bool {
			text = now
			return crossover.MatchString(text) || strings.Contains(text, "there was no crossover")
		}, func() string { return "show the end of the race" })
		if strings.Contains(text, reached) {
			return
		}
		l.Press("r")
		measured := crossover.FindStringSubmatch(text)
		if measured == nil {
			continue
		}
		n, err := strconv.Atoi(measured[1])
		if err != nil {
			l.T.Fatal(err)
		}
		for range sizes {
			l.Press("left")
		}
		for _, size := range sizes[1:] {
			if size <= n {
				l.Press("right")
			}
		}
	}
}

var speed = regexp.MustCompile(`\d img/s`)

// awaitStep waits for the first step of a training.
func (l learner) awaitStep() {
	l.T.Helper()
	l.AwaitThat(speed.MatchString, func() string { return "show how fast it trains" })
}

func (l learner) build() {
	l.Await("enter trains this stack")
	l.Press("left", "left", "down", "down", "left", "left") // 96 units become 48, on both sides of the code.
	l.Press("enter")
}

func (l learner) train() {
	l.awaitStep()
	l.Press("space")
	l.Await("paused at step")
	l.Press("s", "space")
}

var sizeRow = regexp.MustCompile(`\b(\d+) (\d\.\d+(?:e-\d+)?) (\d\.\d+(?:e-\d+)?)`)

// compareSizes reads the table and marks the first size that beats the PCA of 16.
func (l learner) compareSizes() {
	l.T.Helper()
	var rows [][]string
	l.AwaitThat(func(text string) bool {
		rows = sizeRow.FindAllStringSubmatch(text, -1)
		return len(rows) == len(lab.BottleneckSizes()) && !strings.Contains(text, "training an autoencoder")
	}, func() string { return "show the errors of all sizes" })
	number := func(text string) float64 {
		x, err := strconv.ParseFloat(text, 64)
		if err != nil {
			l.T.Fatal(err)
		}
		return x
	}
	rival := 0.0
	for _, row := range rows {
		if row[1] == "16" {
			rival = number(row[3])
		}
	}
	for _, row := range rows {
		if number(row[2]) < rival {
			return
		}
		l.Press("right")
	}
}

func (l learner) chooseThreshold() {
	l.Await("flagged")
	// The best F1 lies right at an anomaly, so the unseen ones want it a little lower.
	l.Press("b", "left", "left", "left", "left", "left", "left", "left", "left", "enter")
}

// raiseBeta trains once more with a larger weight of KL.
func (l learner) raiseBeta() {
	l.awaitStep()
	l.Press("x")
	l.Await("stopped:")
	l.Press("right", "right", "right", "right", "right", "right", "right")
	l.Await("β is 10 in the next run")
	l.Press("r")
}

// walk goes over the map in rows and stops where enough digits are found.
func (l learner) walk() {
	l.T.Helper()
	l.Await("across 0.00 σ")
	x, y := 0.0, 0.0
	step := func(key string, dx, dy float64) bool {
		l.Press(key)
		x, y = x+dx, y+dy
		l.Await(fmt.Sprintf("across %.2f σ", x), fmt.Sprintf("up %.2f σ", y))
		return strings.Contains(strings.Join(strings.Fields(l.Screen()), " "), reached)
	}
	for ring := 1; ring <= 8; ring++ {
		for _, way := range []struct {
			key    string
			dx, dy float64
			steps  int
		}{{"up", 0, 0.25, 1}, {"right", 0.25, 0, 2*ring - 1}, {"down", 0, -0.25, 2 * ring}, {"left", -0.25, 0, 2 * ring}, {"up", 0, 0.25, 2 * ring}} {
			for range way.steps {
				if step(way.key, way.dx, way.dy) {
					return
				}
			}
		}
	}
}

func (l learner) claim() {
	l.Await("the family gender asks it") // That is the verdict on the slide's sum, which comes at the end of the training.
	l.Press("enter")
	l.Type("he - man + woman = she")
	l.Press("enter")
}

package classroom_test

import (
	"encoding/base64"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aetutor/aetutor/exercises"
	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/server/classroom"
	"github.com/aetutor/aetutor/tui/tuitest"
)

func TestTheScreenFollowsTheClass(t *testing.T) {
	watching(t, 2, false, tuitest.Settings{}, func(term *tuitest.Terminal, source *fakeSource) {
		term.Expect("2 here, 2 in all", "0 Representat", "reading")
		source.change(func(c *classroom.Class) {
			c.Members[0].Page, c.Members[0].Doing, c.Members[0].Percent = "lesson4/3", "lab train", 62
		})
		time.Sleep(2 * time.Second)
		term.Press("left")
		term.Expect("4 KNN in", "4/4", "62%", "lab train")
	})
}

func TestAScreenWithoutChangesIsNotDrawnAgain(t *testing.T) {
	watching(t, 200, false, tuitest.Settings{}, func(term *tuitest.Terminal, source *fakeSource) {
		drawn, looks := len(term.Output()), source.looks.Load()
		time.Sleep(20 * time.Second)
		if more := len(term.Output()) - drawn; more > 0 {
			t.Errorf("%d bytes were written", more)
		}
		if n := source.looks.Load() - looks; n < 19 || n > 21 {
			t.Errorf("looked %d times in 20 s", n)
		}
	})
}

func TestAFailedLookKeepsTheClass(t *testing.T) {
	watching(t, 2, false, tuitest.Settings{}, func(term *tuitest.Terminal, source *fakeSource) {
		source.fail(errors.New("the disk is gone"))
		time.Sleep(2 * time.Second)
		term.Press("left")
		term.Expect("The class cannot be read: the disk is gone.", "ada")
		source.fail(nil)
		time.Sleep(2 * time.Second)
		term.Press("left")
		term.ExpectNot("cannot be read")
	})
}

// mark is the line of the chosen learner.
func mark(term *tuitest.Terminal) string {
	for _, line := range term.Lines() {
		if strings.HasPrefix(line, "▸") {
			return line
		}
	}
	return ""
}

func TestChoosing(t *testing.T) {
	watching(t, 200, false, tuitest.Settings{}, func(term *tuitest.Terminal, _ *fakeSource) {
		for _, step := range []struct{ stroke, want string }{
			{"", "ada"}, {"down", "Ann"}, {"up", "ada"}, {"up", "ada"}, {"end", "learner 99"}, {"down", "learner 99"},
			{"home", "ada"}, {"pgdown", "learner 113"}, {"pgup", "ada"},
		} {
			if step.stroke != "" {
				term.Press(step.stroke)
			}
			if got := mark(term); !strings.Contains(got, step.want) {
				t.Errorf("after %q: %q, want %s\n%s", step.stroke, got, step.want, term.Screen())
			}
		}
		term.WheelDown(10, 10)
		if got := mark(term); !strings.Contains(got, "Ann") {
			t.Errorf("the wheel chose %q", got)
		}
		term.WheelUp(10, 10)
		term.ClickOn("learner 10")
		if got := mark(term); !strings.Contains(got, "learner 10") {
			t.Errorf("a click chose %q", got)
		}
		term.ClickOn("learner 10")
		term.Expect("class › learner 10")
		term.ClickOn("the class")
		term.ExpectNot("class ›")
	})
}

func TestTheChoiceStaysWithALearner(t *testing.T) {
	watching(t, 8, false, tuitest.Settings{}, func(term *tuitest.Terminal, source *fakeSource) {
		term.Press("down", "down")
		chosen := mark(term)
		if !strings.Contains(chosen, "bo") {
			t.Fatalf("chosen: %q", chosen)
		}
		source.change(func(c *classroom.Class) { // bo leaves, so others move up.
			c.Members[1].Here = false
		})
		time.Sleep(2 * time.Second)
		term.Press("left")
		if got := mark(term); !strings.Contains(got, "bo") {
			t.Errorf("chosen: %q", got)
		}
		// Those who are here stay before the others in every order.
		for range 4 {
			term.Press("s")
			if got := mark(term); !strings.Contains(got, "bo") {
				t.Errorf("chosen: %q", got)
			}
		}
		source.change(func(c *classroom.Class) { c.Members = c.Members[:1] })
		time.Sleep(2 * time.Second)
		term.Press("left")
		if got := mark(term); !strings.Contains(got, "ada") {
			t.Errorf("chosen when the learner is gone: %q", got)
		}
	})
}

// named is the names in the rows, from the top.
func named(term *tuitest.Terminal) []string {
	var out []string
	for _, line := range term.Lines() {
		if strings.Contains(line, "%") {
			out = append(out, strings.Fields(strings.TrimPrefix(line, "▸"))[0])
		}
	}
	return out
}

func TestOrders(t *testing.T) {
	watching(t, 8, false, tuitest.Settings{}, func(term *tuitest.Terminal, _ *fakeSource) {
		for _, want := range []struct{ title, names string }{
			{"by name", "ada Ann-Sophie bo fritz"},
			{"least far first", "ada fritz bo"},
			{"last seen first", "ada bo"},
			{"longest in their lesson first", "Ann-Sophie ada"},
			{"by name", "ada Ann-Sophie bo fritz"},
		} {
			term.Expect(want.title)
			if got := strings.Join(named(term), " "); !strings.HasPrefix(got, want.names) || !strings.Contains(got, "gus") {
				t.Errorf("%s: %s, want %s first", want.title, got, want.names)
			}
			term.Press("s")
		}
	})
}

func TestMessages(t *testing.T) {
	watching(t, 8, false, tuitest.Settings{}, func(term *tuitest.Terminal, source *fakeSource) {
		term.Press("m")
		term.Type("q: a break? ")
		term.Expect("to everybody  q: a break?")
		term.Press("enter")
		term.Expect("Told 6 screens.")
		term.Press("down")
		term.ExpectNot("Told")
		term.Press("enter", "m")
		term.Expect("to Ann-Sophie von Hohenstei")
		term.Paste("well\ndone")
		term.Press("enter")
		term.Expect("Told Ann-Sophie von Hohenstei, on 1 screen.")
		term.Press("esc", "end", "enter", "m", "x", "enter")
		term.Expect("is not here to read it.")
		term.Press("m", "x", "esc", "m", "enter") // cancelled, and empty
		want := []string{": q: a break?", "id5: well done", "id7: x"}
		if !slices.Equal(source.said, want) {
			t.Errorf("said %q, want %q", source.said, want)
		}
	})
}

func TestFindingAName(t *testing.T) {
	watching(t, 8, false, tuitest.Settings{}, func(term *tuitest.Terminal, _ *fakeSource) {
		term.Press("/")
		term.Type("ANN")
		if got := named(term); len(got) != 1 || got[0] != "Ann-Sophie" {
			t.Errorf("found %q", got)
		}
		term.Type("q")
		term.Expect("No name holds these letters.")
		term.Press("enter", "enter", "m", "esc") // Nobody is chosen, so nothing opens.
		term.ExpectNot("class ›")
		term.Press("esc")
		if got := named(term); len(got) != 8 {
			t.Errorf("after esc %q", got)
		}
		term.Press("/", "x", "esc")
		if got := named(term); len(got) != 8 {
			t.Errorf("after a filter that was cancelled %q", got)
		}
	})
}

func TestExportCopiesTheTable(t *testing.T) {
	watching(t, 8, false, tuitest.Settings{}, func(term *tuitest.Terminal, source *fakeSource) {
		term.Press("e")
		term.Expect("ssh HOST class --csv > class.csv", "ssh HOST class --json > class.json")
		if strings.Contains(term.Output(), "\x1b]52;") {
			t.Error("the clipboard was taken unasked")
		}
		term.Press("c")
		term.Expect("Sent 9 lines to your terminal.")
		_, sent, _ := strings.Cut(term.Output(), "\x1b]52;c;")
		sent, _, _ = strings.Cut(sent, "\a")
		got, err := base64.StdEncoding.DecodeString(sent)
		if err != nil {
			t.Fatal(err)
		}
		var want strings.Builder
		if err := source.class.WriteCSV(&want); err != nil {
			t.Fatal(err)
		}
		if string(got) != want.String() {
			t.Errorf("copied %q", got)
		}
		term.Press("esc")
		term.ExpectNot("class.csv")
	})
}

func TestOneLearner(t *testing.T) {
	watching(t, 8, false, tuitest.Settings{}, func(term *tuitest.Terminal, _ *fakeSource) {
		term.Press("down", "down", "enter")
		term.Expect("class › bo", "1 GPU computing  2/4 Layer by layer", "tried and not passed: 2.1 loss, 3.2 threshold",
			"0 min in this lesson, 11 min in all", "0 Representations", "1/4", "11 min")
		term.Press("right")
		term.Expect("class › fritz")
		term.Press("left", "left")
		term.Expect("class › Ann-Sophie")
		term.Press("esc")
		term.Expect("8 in all")
	})
}

func TestManyLessonsOfALearnerCanBeSeen(t *testing.T) {
	watching(t, 1, false, tuitest.Settings{}, func(term *tuitest.Terminal, source *fakeSource) {
		source.change(func(c *classroom.Class) {
			for range 4 {
				c.Outline = append(c.Outline, outline()...)
			}
			c.Outline[len(c.Outline)-1].Title = "The last one"
		})
		time.Sleep(2 * time.Second)
		term.Press("enter")
		term.ExpectNot("The last one")
		term.Press("end")
		term.Expect("The last one", "of 25")
		term.Press("home", "down")
		term.Expect("lessons 2 to")
	})
}

func TestLeaving(t *testing.T) {
	for _, strokes := range [][]string{{"q"}, {"ctrl+c"}, {"m", "ctrl+c"}, {"?", "q"}, {"enter", "q"}} {
		watching(t, 8, false, tuitest.Settings{}, func(term *tuitest.Terminal, _ *fakeSource) {
			term.Press(strokes...)
			term.ExpectClean()
		})
	}
	watching(t, 8, false, tuitest.Settings{Width: 40, Height: 10}, func(term *tuitest.Terminal, _ *fakeSource) {
		term.Expect("The class needs 80×24")
		term.Press("m") // Nobody sees what this would do.
		term.Press("q")
		term.ExpectClean()
	})
}

// TestWhatSomebodyDoesIsNotCut has learners in every lab and every exercise that there is.
func TestWhatSomebodyDoesIsNotCut(t *testing.T) {
	all, err := exercises.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	var names, does []string
	for _, e := range all {
		names, does = append(names, " "+e.Name+" "), append(does, "exercise "+e.Name)
	}
	for _, l := range lab.All() {
		names, does = append(names, " lab "+l.ID+" "), append(does, "lab "+l.ID)
	}
	for _, width := range []int{80, 109, 110, 169, 170} {
		watching(t, len(does), false, tuitest.Settings{Width: width, Height: len(does) + 20}, func(term *tuitest.Terminal, source *fakeSource) {
			source.change(func(c *classroom.Class) {
				for i := range c.Members {
					c.Members[i].Here, c.Members[i].Doing = true, does[i]
				}
			})
			time.Sleep(2 * time.Second)
			term.Press("left")
			term.Expect(names...)
		})
	}
}

func TestTimesFitTheirColumn(t *testing.T) {
	for _, test := range []struct {
		minutes int
		want    string
	}{{0, " 0 min"}, {59, "59 min"}, {60, "1 h 00"}, {599, "9 h 59"}, {600, "  10 h"}, {60000, "1000 h"}} {
		watching(t, 1, false, tuitest.Settings{}, func(term *tuitest.Terminal, source *fakeSource) {
			source.change(func(c *classroom.Class) {
				c.Members[0].Lessons = []classroom.LessonSpent{{Lesson: "lesson0", Seconds: float64(60 * test.minutes)}}
			})
			time.Sleep(2 * time.Second)
			term.Press("left")
			if line := mark(term); !strings.HasSuffix(line, test.want) {
				t.Errorf("%d minutes: %q, want %q at the end", test.minutes, line, test.want)
			}
		})
	}
}

// TestABackgroundThatOnlyTheEnvironmentTells has a terminal that answers no question.
func TestABackgroundThatOnlyTheEnvironmentTells(t *testing.T) {
	styled := func(s tuitest.Settings) (screen string) {
		watching(t, 8, false, s, func(term *tuitest.Terminal, _ *fakeSource) { screen = term.Styled() })
		return screen
	}
	light := styled(tuitest.Settings{Light: true})
	if told := styled(tuitest.Settings{Light: true, Mute: true, Env: []string{"COLORFGBG=0;15"}}); told != light {
		t.Errorf("the class is\n%s\nwant\n%s", told, light)
	}
	if untold := styled(tuitest.Settings{Light: true, Mute: true}); untold == light {
		t.Error("a terminal that tells nothing is taken for a light one")
	}
}

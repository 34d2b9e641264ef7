package exercise_test

import (
	"errors"
	"io"
	"os/exec"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/aetutor/aetutor/progress"
	"github.com/aetutor/aetutor/tui/tuitest"
)

func TestFromTheStubToAPass(t *testing.T) {
	play(t, nil, func(term *tuitest.Terminal, b *fakeBench, kept *memory) {
		term.Expect("write it", "exercise  loss   2.3 The loss", "e opens", "50%")
		term.Press("e")
		term.Expect("exercise  2.3 The loss", "how bad a reconstruction is",
			"to do  square the difference, pixel by pixel, before",
			"not done yet", "You have no file yet", "h hint (1 of 3)")
		term.Press("c")
		term.Expect("· todo   the file is as it was written", "0.61 s", "02-autoencoder/loss/loss.go")
		term.Press("e")
		term.Expect("10      return ReduceAllMean(Sub(x, y))", "ctrl+r check")
		// The cursor is behind the TODO. q and ? are text here.
		term.Press("down", "down", "end", "enter")
		term.Type("// q?")
		term.Expect("11      // q?", "not saved yet")
		term.Press("ctrl+r")
		term.Expect("✗ fail   1 of 3 cases", "saved")
		if !strings.Contains(b.file(), "\t// q?\n}") {
			t.Errorf("the file is %q", b.file())
		}
		term.Press("esc")
		term.Expect("✓ zeros against zeros", "✗ one pixel off", "input     x = [1 0], y = [0 0]",
			"expected  0.5", "got       0.25",
			"Square each of them first.", "✗ a batch of two (new in each check, seed 7)", "02-autoencoder/loss/loss.go")
		term.Press("e")
		term.Press("down", "end", "left", "left")
		term.Type(" + Square(x)")
		term.Press("esc")
		term.Expect("the file has changed since")
		term.Press("enter")
		term.Expect("✓ pass   3 of 3 cases")
		term.ExpectNot("the file has changed since")
		term.Press("esc")
		term.Expect("2.3 The loss   passed ✓", "▸ Autoencoder ✓", "100%")
		want := []progress.Fact{
			progress.ExerciseStatus{Name: "loss", Status: progress.Todo},
			progress.ExerciseStatus{Name: "loss", Status: progress.Fail},
			progress.ExerciseStatus{Name: "loss", Status: progress.Pass},
		}
		if got := kept.kept(); !reflect.DeepEqual(got, want) {
			t.Errorf("kept %v, want %v", got, want)
		}
	})
}

func TestTheEditorGoesToTheErrorsLine(t *testing.T) {
	play(t, nil, func(term *tuitest.Terminal, b *fakeBench, _ *memory) {
		term.Press("e", "e", "down", "down", "end", "left")
		term.Type(", undefined")
		term.Press("ctrl+home", "ctrl+r")
		term.Expect("✗10", "✗ build   the file does not compile", "02-autoencoder/loss/loss.go:10:9: undefined: undefined")
		if strings.Contains(term.Output(), "undefined\x1b[31m") {
			t.Error("an escape sequence of a message reached the terminal")
		}
		term.Type("!")
		term.Expect("!return")
		term.Press("ctrl+z", "ctrl+s")
		if strings.Contains(b.file(), "!") {
			t.Errorf("the file is %q", b.file())
		}
		term.Press("esc")
		term.Expect("The compiler does not know this name.")
	})
}

func TestWhatIsTypedIsSaved(t *testing.T) {
	play(t, nil, func(term *tuitest.Terminal, b *fakeBench, _ *memory) {
		term.Press("e", "e")
		term.Type(" now")
		if strings.Contains(b.file(), " now") {
			t.Error("it is saved at once; the test does not see what it should")
		}
		time.Sleep(4 * time.Second)
		term.Send(nil)
		if !strings.Contains(b.file(), "pixel by pixel, now\n") {
			t.Errorf("after a while the file is %q", b.file())
		}
		term.Type(" more")
		term.Press("ctrl+c")
		term.AwaitEnd()
		if !strings.Contains(b.file(), " now more\n") {
			t.Errorf("after ctrl+c the file is %q", b.file())
		}
	})
}

func TestAFailedSaveIsTold(t *testing.T) {
	play(t, nil, func(term *tuitest.Terminal, b *fakeBench, _ *memory) {
		term.Press("e", "e")
		b.fail(errors.New("the disk is full"))
		term.Type("!")
		term.Press("ctrl+s")
		term.Expect("Not saved: the disk is full. ctrl+s tries again.", "ctrl+r check")
		for range 2 { // What is typed after the message must not be lost by the next esc.
			term.Type("!")
			term.Press("esc")
			term.Expect("Not saved: the disk is full. ctrl+s tries again, esc leaves without saving.", "ctrl+r check")
		}
		term.Press("esc")
		term.Expect("h hint", "Left without saving: the disk is full")
	})
	// A save that comes by itself and fails as well leaves the way out open.
	play(t, nil, func(term *tuitest.Terminal, b *fakeBench, _ *memory) {
		term.Press("e", "e")
		b.fail(errors.New("the disk is full"))
		term.Type("!")
		term.Press("esc")
		time.Sleep(4 * time.Second)
		term.Send(nil)
		term.Expect("esc leaves without saving.")
		term.Press("esc")
		term.Expect("h hint", "Left without saving: the disk is full")
	})
}

func TestQuittingDoesNotLoseWhatCannotBeSaved(t *testing.T) {
	const refused = "Not saved: the disk is full. ctrl+s tries again, ctrl+c quits without"
	play(t, nil, func(term *tuitest.Terminal, b *fakeBench, _ *memory) {
		term.Press("e", "e")
		b.fail(errors.New("the disk is full"))
		for range 2 { // What is typed after the message must not be lost by the next ctrl+c.
			term.Type("!")
			term.Press("ctrl+c")
			term.Expect(refused, "ctrl+r check")
		}
		b.fail(nil)
		term.Press("ctrl+c")
		term.AwaitEnd()
		if !strings.Contains(b.file(), "pixel by pixel,!!\n") {
			t.Errorf("the file is %q", b.file())
		}
	})
	play(t, nil, func(term *tuitest.Terminal, b *fakeBench, _ *memory) {
		term.Press("e", "e")
		b.fail(errors.New("the disk is full"))
		term.Type("!")
		term.Press("ctrl+c", "ctrl+c")
		term.AwaitEnd()
	})
}

func TestANewerCheckCancelsTheRunningOne(t *testing.T) {
	play(t, func(b *fakeBench) { b.files["loss"] = "slow" }, func(term *tuitest.Terminal, b *fakeBench, _ *memory) {
		term.Press("e", "c")
		term.Expect("… 3rd in line")
		// Any key answers meanwhile.
		term.Press("h")
		term.Expect("hint 1 of 3  What has to happen", "… 3rd in line")
		term.Press("c")
		if checks, stopped := b.count(); checks != 2 || stopped != 1 {
			t.Errorf("%d checks, %d of them stopped", checks, stopped)
		}
		close(b.release)
		term.Press("down")
		term.Expect("✗ fail")
		b.release = make(chan struct{})
		term.Press("c")
		term.Expect("… 3rd in line", "✗ fail")
		term.Press("esc")
		if checks, stopped := b.count(); checks != 3 || stopped != 2 {
			t.Errorf("after leaving %d checks, %d of them stopped", checks, stopped)
		}
	})
}

func TestHintsAndTheSolution(t *testing.T) {
	play(t, nil, func(term *tuitest.Terminal, _ *fakeBench, kept *memory) {
		term.Press("e")
		term.Press("h", "h", "h", "h")
		term.Expect("hint 1 of 3", "hint 3 of 3", "return ReduceAllMean(Square(Sub(x, y)))", "h hint (3 of 3)")
		term.Press("s")
		term.Expect("does not pass yet. Press s again")
		term.ExpectNot("solution\n")
		term.Press("s")
		term.Expect("return ReduceAllMean(Square(Sub(x, y)))", "the solution was shown")
		term.Press("esc")
		term.Expect("solution seen")
		want := []progress.Fact{
			progress.HintsShown{Name: "loss", Hints: 1}, progress.HintsShown{Name: "loss", Hints: 2},
			progress.HintsShown{Name: "loss", Hints: 3}, progress.HintsShown{Name: "loss", Hints: 3},
			progress.HintsShown{Name: "loss/solution", Hints: 1}, progress.ExerciseStatus{Name: "loss", Status: progress.Seen},
		}
		if got := kept.kept(); !reflect.DeepEqual(got, want) {
			t.Errorf("kept %v, want %v", got, want)
		}
	})
}

func TestResetAsks(t *testing.T) {
	play(t, func(b *fakeBench) { b.files["loss"] = "mine" }, func(term *tuitest.Terminal, b *fakeBench, _ *memory) {
		term.Press("e", "r")
		term.Expect("Put the file back as it was?", "y yes")
		term.Press("n")
		term.Expect("Nothing was changed.", "mine")
		term.Press("r", "esc", "r", "y")
		term.Expect("The file is as it was. Yours is kept as 02-autoencoder/loss/loss.go.backup.")
		term.ExpectNot("mine")
		if b.file() != stub {
			t.Errorf("the file is %q", b.file())
		}
	})
}

func TestNextAndList(t *testing.T) {
	play(t, nil, func(term *tuitest.Terminal, _ *fakeBench, _ *memory) {
		term.Press("e", "n")
		term.Expect("exercise  2.4 A layer", "A layer is a step.")
		term.Press("n")
		term.Expect("exercise  2.3 The loss")
		term.Press("l")
		term.Expect("▸ · 2.3 The loss  loss", "  · 2.4 A layer  layer", "enter open")
		term.Press("down", "enter")
		term.Expect("exercise  2.4 A layer")
		term.Press("l")
		term.ClickOn("2.3 The loss")
		term.Expect("exercise  2.3 The loss", "to do")
		term.Press("l", "esc")
		term.Expect("to do")
	})
}

func TestASaveElsewhereIsChecked(t *testing.T) {
	start := func(b *fakeBench) {
		b.saved = make(chan struct{})
		b.files["loss"] = "mine"
	}
	play(t, start, func(term *tuitest.Terminal, b *fakeBench, _ *memory) {
		term.Press("e")
		term.Expect("watching 02-autoencoder/loss/loss.go")
		b.saved <- struct{}{}
		term.Press("down")
		if checks, _ := b.count(); checks != 0 {
			t.Error("a file that is as it was is checked")
		}
		b.put("Square")
		b.saved <- struct{}{}
		term.Press("down")
		term.Expect("✓ pass")
		term.Press("e")
		term.Type("mine ")
		// That the learner saved here themselves is no news, and leaves what can be undone.
		term.Press("ctrl+s")
		b.saved <- struct{}{}
		term.Press("ctrl+z", "ctrl+z")
		term.Expect("  1  Square")
		term.Type("my ")
		b.put("theirs")
		b.saved <- struct{}{}
		term.Press("right")
		term.Expect("my Square", "The file was changed elsewhere and is not saved", "ctrl+o take the other")
	})
}

// edits changes the file while the editor reads its input.
type edits struct{ bench *fakeBench }

func (e edits) Read([]byte) (int, error) {
	e.bench.put("Square")
	return 0, io.EOF
}

func TestAnEditorOfTheLearnersOwn(t *testing.T) {
	start := func(b *fakeBench) {
		b.editor = func() *exec.Cmd {
			command := exec.Command("cat")
			command.Stdin = edits{b} // The terminal of a test is no file that a process could read.
			return command
		}
	}
	play(t, start, func(term *tuitest.Terminal, _ *fakeBench, _ *memory) {
		term.Press("e", "e")
		term.Await("3 of 3 cases")
	})
}

// TestTheScreenComesBack opens an editor that ends before the terminal is given away, on one processor, where Bubble Tea's
// drawing otherwise stops too late and for good.
func TestTheScreenComesBack(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	start := func(b *fakeBench) { b.editor = func() *exec.Cmd { return exec.Command("no-such-editor") } }
	play(t, start, func(term *tuitest.Terminal, _ *fakeBench, _ *memory) {
		term.Press("e", "e")
		term.Await("The editor cannot be started", "c check")
	})
}

func TestWithoutAToolchain(t *testing.T) {
	play(t, func(b *fakeBench) { b.files["loss"] = "no Go" }, func(term *tuitest.Terminal, _ *fakeBench, _ *memory) {
		term.Press("e", "c")
		term.Expect("✗ no verdict", "needs Go 1.27 or later; get it from", "https://go.dev/dl/")
	})
}

func TestAWholeFileIsPasted(t *testing.T) {
	play(t, nil, func(term *tuitest.Terminal, b *fakeBench, _ *memory) {
		file := strings.Repeat("// "+strings.Repeat("pasted ", 8)+"\n", 60<<10/60)
		term.Press("e", "e", "ctrl+a")
		term.Paste(strings.ReplaceAll(file, "\n", "\r"))
		term.Press("ctrl+s")
		if b.file() != file {
			t.Errorf("%d bytes are saved, want %d", len(b.file()), len(file))
		}
		term.Paste(file)
		term.Expect("Nothing was pasted: the file would have")
		term.Press("ctrl+z", "ctrl+s")
		if b.file() != stub {
			t.Errorf("after undo the file is %q", b.file())
		}
		term.Paste("a\x07b\u202ec")
		term.Expect("abc", "2 control characters")
	})
}

func TestAPasteWithoutAnEndIsTold(t *testing.T) {
	play(t, nil, func(term *tuitest.Terminal, b *fakeBench, _ *memory) {
		term.Press("e", "e")
		term.Type(" mine")
		term.Input("\x1b[200~lost")
		time.Sleep(11 * time.Second)
		term.Send(nil)
		term.Expect("A paste did not end and is left out. Paste again.", " mine")
		term.Type(" and more")
		term.Press("ctrl+s")
		expectFile(t, b, " mine and more\n")
	})
}

// TestTheClipboardOfTheMachineIsLeftAlone presses the usual key: the clipboard of a server is not the learner's, and no
// sequence asks for that of the terminal either.
func TestTheClipboardOfTheMachineIsLeftAlone(t *testing.T) {
	play(t, nil, func(term *tuitest.Terminal, b *fakeBench, _ *memory) {
		term.Press("e", "e")
		term.Press("ctrl+v")
		term.Press("ctrl+s")
		if b.file() != stub {
			t.Errorf("ctrl+v made the file %q", b.file())
		}
		if strings.Contains(term.Output(), "\x1b]52") {
			t.Error("the terminal was asked for its clipboard")
		}
	})
}

// On a wide screen the verdict stands beside the file, and a click there leaves the cursor where it is.
func TestTheVerdictStandsBesideTheFile(t *testing.T) {
	play(t, nil, func(term *tuitest.Terminal, _ *fakeBench, _ *memory) {
		term.Resize(120, 40)
		term.Press("e", "e", "ctrl+r")
		term.Expect("│ · todo")
		term.ClickOn("todo")
		term.Type("!")
		term.Expect("// TODO: square the difference, pixel by pixel,!")
		term.ClickOn("package loss")
		term.Type("?")
		term.Expect("?package loss")
		term.Resize(119, 40)
		term.ExpectNot("│ · todo")
		term.Expect("· todo")
	})
}

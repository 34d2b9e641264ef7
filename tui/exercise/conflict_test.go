package exercise_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/aetutor/aetutor/tui/tuitest"
)

// afterTyping plays a script from where " mine" was typed in the editor.
func afterTyping(t *testing.T, script func(term *tuitest.Terminal, b *fakeBench)) {
	t.Helper()
	play(t, nil, func(term *tuitest.Terminal, b *fakeBench, _ *memory) {
		term.Press("e", "e")
		term.Type(" mine")
		script(term, b)
	})
}

// afterConflict plays a script from where the file was changed elsewhere as well, and the learner has to choose.
func afterConflict(t *testing.T, script func(term *tuitest.Terminal, b *fakeBench)) {
	t.Helper()
	afterTyping(t, func(term *tuitest.Terminal, b *fakeBench) {
		b.put("theirs")
		term.Press("ctrl+s")
		term.Expect("The file was changed elsewhere and is not saved. ctrl+s puts your text in", "ctrl+s keep yours",
			"ctrl+o take the other")
		script(term, b)
	})
}

func expectFile(t *testing.T, b *fakeBench, want string) {
	t.Helper()
	if !strings.Contains(b.file(), want) {
		t.Errorf("the file is %q, want %q in it", b.file(), want)
	}
}

// expectBackup asserts that what was typed is kept beside the file.
func expectBackup(t *testing.T, b *fakeBench) {
	t.Helper()
	if !strings.Contains(b.files["loss.backup"], " mine\n") {
		t.Errorf("kept is %q", b.files["loss.backup"])
	}
}

func TestAFileThatChangedElsewhereIsNotOverwritten(t *testing.T) {
	afterConflict(t, func(term *tuitest.Terminal, b *fakeBench) {
		term.Type(" too")
		term.Press("ctrl+r")
		expectFile(t, b, "theirs")
		if checks, _ := b.count(); checks != 0 {
			t.Error("a file is checked that is not the one that is seen")
		}
		term.Press("ctrl+s")
		expectFile(t, b, "pixel by pixel, mine too\n")
		term.ExpectNot("changed elsewhere", "ctrl+o")
		term.Press("ctrl+z")
		term.Expect("  1  theirs")
		term.Press("ctrl+y", "ctrl+s")
		expectFile(t, b, " mine too\n")
	})
}

func TestTheOtherTextIsTaken(t *testing.T) {
	afterConflict(t, func(term *tuitest.Terminal, b *fakeBench) {
		term.Press("ctrl+o")
		term.Expect("  1  theirs", "ctrl+r check")
		expectFile(t, b, "theirs")
		term.Press("ctrl+z")
		term.Expect("pixel by pixel, mine")
		term.Press("ctrl+s")
		expectFile(t, b, "pixel by pixel, mine\n")
	})
}

func TestLeavingKeepsBothTexts(t *testing.T) {
	afterConflict(t, func(term *tuitest.Terminal, b *fakeBench) {
		term.Press("esc")
		term.Expect("Your text is kept as", "02-autoencoder/loss/loss.go.backup.", "1  theirs")
		expectFile(t, b, "theirs")
		expectBackup(t, b)
	})
	afterConflict(t, func(term *tuitest.Terminal, b *fakeBench) {
		b.fail(errors.New("the disk is full"))
		term.Press("esc")
		term.Expect("Your text was not kept: the disk is full. esc again leaves without it.", "mine")
		term.Press("esc")
		term.Expect("h hint", "1  theirs")
	})
}

func TestQuittingKeepsBothTexts(t *testing.T) {
	afterTyping(t, func(term *tuitest.Terminal, b *fakeBench) {
		b.put("theirs")
		term.Press("ctrl+c")
		term.AwaitEnd()
		expectFile(t, b, "theirs")
		expectBackup(t, b)
	})
}

func TestWhatCannotBeEditedIsLeftAlone(t *testing.T) {
	afterTyping(t, func(term *tuitest.Terminal, b *fakeBench) {
		b.put("a\xffb")
		term.Press("ctrl+s", "ctrl+o")
		term.Expect("no UTF-8 text")
		term.Press("ctrl+s")
		expectFile(t, b, "a\xffb")
		term.Press("esc")
		term.Expect("your file is not shown: the file is no UTF-8 text")
	})
}

// What was not typed here is no conflict: the other text is read, also where nothing told that it came.
func TestTheEditorReadsAChangedFile(t *testing.T) {
	play(t, nil, func(term *tuitest.Terminal, b *fakeBench, _ *memory) {
		term.Press("e", "e")
		b.put("theirs")
		term.Press("ctrl+s")
		term.Expect("  1  theirs", "is read again; ctrl+z brings back what")
		term.Press("ctrl+z")
		term.Expect("Package loss is an exercise.")
		// Line ends are no other text, and a file is not rewritten for them.
		term.Press("ctrl+s")
		b.put(strings.ReplaceAll(stub, "\n", "\r\n"))
		term.Press("ctrl+s")
		term.ExpectNot("elsewhere")
		if !strings.Contains(b.file(), "\r\n") {
			t.Error("a file that nobody changed was written")
		}
	})
}

func TestAFileThatIsGoneIsWrittenAgain(t *testing.T) {
	start := func(b *fakeBench) { b.saved = make(chan struct{}) }
	play(t, start, func(term *tuitest.Terminal, b *fakeBench, _ *memory) {
		term.Press("e", "e")
		term.Type(" mine")
		term.Press("ctrl+s")
		b.mu.Lock()
		delete(b.files, "loss")
		b.mu.Unlock()
		// That it is gone is told as a change, and takes nothing from the editor.
		b.saved <- struct{}{}
		term.Press("right")
		term.Expect("pixel by pixel, mine", "02-autoencoder/loss/loss.go")
		term.ExpectNot("elsewhere")
		term.Press("ctrl+r")
		term.Expect("✗ fail")
		expectFile(t, b, " mine\n")
	})
}

package main

import (
	"flag"
	"fmt"
	"image/color"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/lessons"
	"github.com/aetutor/aetutor/tui"
	"github.com/aetutor/aetutor/tui/keymap"
	screen "github.com/aetutor/aetutor/tui/lab"
)

var update = flag.Bool("update", false, "write the golden screens anew")

// look is how a terminal shows the workshop.
type look struct {
	name       string
	background color.Color
	profile    colorprofile.Profile
}

func looks() []look {
	return []look{
		{"dark", color.Black, colorprofile.TrueColor}, {"light", color.White, colorprofile.TrueColor},
		{"no-colour", color.Black, colorprofile.ASCII},
	}
}

type area struct{ width, height int }

func (s area) String() string { return fmt.Sprintf("%dx%d", s.width, s.height) }

// workshopAt is the workshop at a page. Nothing works in it: no command that it returns is run.
func workshopAt(all []lessons.Lesson, page string) tea.Model {
	env, _ := newLabEnv("go", nil) // No lab works, so there is no backend to close.
	return tui.New(tui.Options{
		Lessons: all, Start: page, Unicode: true,
		OpenLab: func(block lessons.Lab) (screen.Screen, error) { return openLab(env, block) },
	})
}

func told(m tea.Model, msgs ...tea.Msg) tea.Model {
	for _, msg := range msgs {
		m, _ = m.Update(msg)
	}
	return m
}

func shown(m tea.Model, l look, s area) tea.Model {
	return told(m, tea.ColorProfileMsg{Profile: l.profile}, tea.BackgroundColorMsg{Color: l.background},
		tea.WindowSizeMsg{Width: s.width, Height: s.height})
}

// frame is what m shows, checked against the size of its terminal.
func frame(t *testing.T, m tea.Model, s area) string {
	t.Helper()
	content := m.View().Content
	lines := strings.Split(content, "\n")
	if len(lines) > s.height {
		t.Errorf("%d lines on a screen of %v", len(lines), s)
	}
	for i, line := range lines {
		if width := ansi.StringWidth(line); width > s.width {
			t.Errorf("line %d is %d cells wide on a screen of %v: %q", i, width, s, ansi.Strip(line))
		}
	}
	return content
}

// wholePage is a page's frames from its start to its end, a screenful after the other, one below the other.
func wholePage(t *testing.T, m tea.Model, s area) string {
	t.Helper()
	frames := []string{frame(t, m, s)}
	for {
		m = told(m, keymap.Press("pgdown"))
		next := frame(t, m, s)
		if next == frames[len(frames)-1] {
			return strings.Join(frames, "\n") + "\n"
		}
		frames = append(frames, next)
	}
}

// trimmed is text without the blanks at the ends of its lines.
func trimmed(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	return strings.Join(lines, "\n")
}

// coloured is a sequence that sets a colour.
var coloured = regexp.MustCompile(`\x1b\[(?:[0-9;:]*;)?(?:[349][0-79]|10[0-7]|[34]8)[0-9;:]*m`)

// TestGoldenPages holds the text of every page in every size in a file that can be read like the page, and the styles of
// the smallest size as runs of letters that a palette explains: an escape sequence is noise to who reviews prose, and the
// larger sizes take the same styles from the same code. Dark and light must differ by nothing but their palettes.
func TestGoldenPages(t *testing.T) {
	all, err := loadLessons("")
	if err != nil {
		t.Fatal(err)
	}
	wanted := map[string]bool{}
	for _, l := range all {
		for _, p := range l.Pages {
			for _, s := range []area{{80, 24}, {120, 40}, {200, 60}} {
				t.Run(p.ID+"/"+s.String(), func(t *testing.T) {
					for name, got := range goldenPage(t, all, p.ID, s) {
						wanted[filepath.FromSlash(name)] = true
						expectGolden(t, filepath.Join("testdata", "pages", filepath.FromSlash(name)), got)
					}
				})
			}
		}
	}
	// Where -run asks for some of the pages, the others are not known here.
	if !strings.Contains(flag.Lookup("test.run").Value.String(), "/") {
		expectNoOther(t, filepath.Join("testdata", "pages"), wanted)
	}
}

// goldenPage is what the files of a page in a size hold, by their names.
func goldenPage(t *testing.T, all []lessons.Lesson, page string, s area) map[string]string {
	t.Helper()
	var whole, text, styles []string
	for i, look := range looks() {
		whole = append(whole, wholePage(t, shown(workshopAt(all, page), look, s), s))
		text = append(text, trimmed(ansi.Strip(whole[i])))
		palette, runs := styleRuns(whole[i])
		styles = append(styles, palette, runs)
	}
	if text[0] != text[1] {
		t.Errorf("on a light background the text is another one:\n%s", text[1])
	}
	if styles[1] != styles[3] {
		t.Errorf("on a light background the styles stand elsewhere:\n%s", styles[3])
	}
	if found := coloured.FindString(whole[2]); found != "" {
		t.Errorf("a colour on a screen without colours: %q", found)
	}
	files := map[string]string{page + "-" + s.String() + ".txt": text[0]}
	if s.width > tui.MinWidth {
		return files
	}
	files[page+".styles"] = "dark: " + styles[0] + "\nlight: " + styles[2] + "\n" + styles[1]
	// Marks stand in for colours there, so some lines have another text.
	files[page+"-no-colour.styles"] = "no colour: " + styles[4] + "\n" + styles[5] + ownLines(text[2], text[0])
	return files
}

// ownLines are the lines of a text that another one does not have.
func ownLines(text, other string) string {
	known := map[string]bool{}
	for line := range strings.SplitSeq(other, "\n") {
		known[line] = true
	}
	own := ""
	for line := range strings.SplitSeq(text, "\n") {
		if !known[line] {
			own += line + "\n"
		}
	}
	return own
}

func expectGolden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; make golden writes it", err)
	}
	if got != string(want) {
		t.Errorf("the screen differs from %s (make golden writes it anew):\n%s", path, got)
	}
}

// expectNoOther finds golden screens of pages that are no more, and removes them when update is set.
func expectNoOther(t *testing.T, dir string, wanted map[string]bool) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil || wanted[name] {
			return err
		}
		if *update {
			return os.Remove(path)
		}
		t.Errorf("%s belongs to no page; make golden removes it", path)
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// styleRuns lists the styles of frames: a palette that names each style by a letter, in the order in which they come, and
// for each line the number of cells of each run with its letter, none where there is no style. Equal lines are written
// once, with how often they come in a row.
func styleRuns(styled string) (palette, runs string) {
	var lines, styles []string
	parser := ansi.NewParser()
	var state byte
	style := ""
	for line := range strings.SplitSeq(styled, "\n") {
		var listed []string
		cells := 0
		end := func() {
			if cells > 0 {
				listed = append(listed, strconv.Itoa(cells)+style)
			}
			cells = 0
		}
		for rest := line; rest != ""; {
			sequence, width, n, next := ansi.DecodeSequence(rest, state, parser)
			state, rest = next, rest[n:]
			if !strings.HasPrefix(sequence, "\x1b[") || !strings.HasSuffix(sequence, "m") {
				cells += width
				continue
			}
			end()
			style = ""
			if set := sequence[2 : len(sequence)-1]; set != "" && set != "0" {
				at := slices.Index(styles, set)
				if at < 0 {
					at, styles = len(styles), append(styles, set)
				}
				style = string(rune('a' + at))
			}
		}
		if style != "" {
			end() // What follows the last style of a line says nothing.
		}
		lines = append(lines, strings.Join(listed, " "))
	}
	for i, set := range styles {
		palette += string(rune('a'+i)) + "=" + set + " "
	}
	return strings.TrimSpace(palette), repeated(lines)
}

// repeated writes equal lines in a row once.
func repeated(lines []string) string {
	var b strings.Builder
	for from := 0; from < len(lines); {
		to := from + 1
		for to < len(lines) && lines[to] == lines[from] {
			to++
		}
		fmt.Fprintf(&b, "%d× %s\n", to-from, lines[from])
		from = to
	}
	return b.String()
}

// TestNothingOverflows draws every page and the opening screen of every lab at sizes that people drag windows to, also
// below the smallest one.
func TestNothingOverflows(t *testing.T) {
	longWithoutRaces(t)
	all, err := loadLessons("")
	if err != nil {
		t.Fatal(err)
	}
	var sizes []area
	for width := 20; width <= 250; width += 23 {
		for _, height := range []int{5, 18, 23, 24, 31, 44, 57, 70} {
			sizes = append(sizes, area{width, height})
		}
	}
	sizes = append(sizes, area{tui.MinWidth, tui.MinHeight}, area{tui.MinWidth - 1, tui.MinHeight})
	opened := map[string]bool{}
	for _, l := range all {
		for _, p := range l.Pages {
			m := workshopAt(all, p.ID)
			for _, s := range sizes {
				m = shown(m, looks()[0], s)
				expectWithin(t, p.ID, m, s)
				expectWithin(t, p.ID+", end", told(m, keymap.Press("end")), s)
			}
			m = shown(m, looks()[0], area{tui.MinWidth, tui.MinHeight})
			for _, block := range p.Blocks {
				if b, ok := block.(lessons.Lab); ok {
					opened[b.ID] = true
					m = told(m, keymap.Press("enter"))
					for _, s := range sizes {
						m = shown(m, looks()[0], s)
						expectWithin(t, b.ID, m, s)
					}
				}
			}
		}
	}
	for _, l := range lab.All() {
		if !opened[l.ID] {
			t.Errorf("no page opens the lab %s", l.ID)
		}
	}
}

func expectWithin(t *testing.T, name string, m tea.Model, s area) {
	t.Helper()
	if failed, ok := m.(interface{ Err() error }); ok && failed.Err() != nil {
		t.Fatalf("%s at %v: %v", name, s, failed.Err())
	}
	content := frame(t, m, s)
	small := s.width < tui.MinWidth || s.height < tui.MinHeight
	if notice := strings.Contains(ansi.Strip(content), "aetutor needs"); notice != small {
		t.Errorf("%s at %v says that the terminal is too small: %v", name, s, notice)
	}
}

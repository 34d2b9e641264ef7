package lessons

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

// TestExamplesOfTheGuideLoad loads each example of AUTHORING.md: as a lesson where it begins with front matter, else as a
// page of one.
func TestExamplesOfTheGuideLoad(t *testing.T) {
	guide, err := os.ReadFile("AUTHORING.md")
	if err != nil {
		t.Fatal(err)
	}
	shown := map[string]bool{}
	for _, example := range regexp.MustCompile("(?ms)^````markdown\n(.*?)^````$").FindAllStringSubmatch(string(guide), -1) {
		text := example[1]
		if !strings.HasPrefix(text, "---\n") {
			text = "---\nnumber: 2\nslug: sample\ntitle: A\nminutes: 3\n---\n# P\n" + text
		}
		lessons, err := Load(fstest.MapFS{"02-sample/lesson.md": {Data: []byte(text)}}, known())
		if err != nil {
			t.Errorf("%v in\n%s", err, text)
			continue
		}
		for _, page := range lessons[0].Pages {
			shown[page.ID] = true
			for _, block := range page.Blocks {
				switch block.(type) {
				case Lab:
					shown["lab"] = true
				case Quiz:
					shown["quiz"] = true
				case Exercise:
					shown["exercise"] = true
				case Figure:
					shown["figure"] = true
				}
			}
		}
	}
	for _, want := range append(directives(), "sample/what-a-page-is") {
		if !shown[want] {
			t.Errorf("AUTHORING.md has no example with %s", want)
		}
	}
}

func TestEachLessonHasALabAndTwoQuizzes(t *testing.T) {
	lessons, err := Embedded(embeddedLabs(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range lessons {
		labs, quizzes := 0, 0
		for _, p := range l.Pages {
			for _, block := range p.Blocks {
				switch block.(type) {
				case Lab:
					labs++
				case Quiz:
					quizzes++
				}
			}
		}
		if labs < 1 || quizzes < 2 {
			t.Errorf("%s has %d labs and %d quizzes", l.Slug, labs, quizzes)
		}
	}
}

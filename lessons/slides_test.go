package lessons

import (
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// slides is how many slides the deck has.
const slides = 30

// slideRow is a row of the table in README.md.
type slideRow struct{ number, title, taught string }

func slideRows(t *testing.T) []slideRow {
	t.Helper()
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	var rows []slideRow
	for _, m := range regexp.MustCompile(`(?m)^\| +(\d+) \| (.*?) \| (.*) \|$`).FindAllStringSubmatch(string(text), -1) {
		rows = append(rows, slideRow{m[1], m[2], m[3]})
	}
	return rows
}

// words is a page's text as it is read, with single spaces and without the marks of Markdown.
func words(p Page) string {
	var b strings.Builder
	for _, block := range p.Blocks {
		switch block := block.(type) {
		case Prose:
			b.WriteString(" " + block.Markdown)
		case Lab:
			b.WriteString(" " + block.Text)
		case Figure:
			b.WriteString(" " + block.Caption)
		}
	}
	return strings.Join(strings.Fields(strings.NewReplacer("*", "", "`", "").Replace(b.String())), " ")
}

func TestEverySlideIsTaught(t *testing.T) {
	lessons, err := Embedded(embeddedLabs(t))
	if err != nil {
		t.Fatal(err)
	}
	pages := map[string]string{}
	for _, l := range lessons {
		for _, p := range l.Pages {
			pages[p.ID] = words(p)
		}
	}
	rows := slideRows(t)
	if len(rows) != slides {
		t.Errorf("the table has %d rows, the deck %d slides", len(rows), slides)
	}
	// A row's last cell is made of parts `page`: “quotation”, “quotation”.
	part := regexp.MustCompile("`([^`]+)`: (“[^”]+”(?:, “[^”]+”)*)")
	for i, row := range rows {
		if row.number != strconv.Itoa(i+1) || strings.TrimSpace(row.title) == "" {
			t.Errorf("row %d is number %s, title %q", i+1, row.number, row.title)
		}
		parts := part.FindAllStringSubmatch(row.taught, -1)
		if rest := strings.Trim(part.ReplaceAllString(row.taught, ""), "; "); len(parts) == 0 || rest != "" {
			t.Errorf("slide %s: %d pages, and %q is neither a page nor a quotation", row.number, len(parts), rest)
		}
		for _, p := range parts {
			text, there := pages[p[1]]
			if !there {
				t.Errorf("slide %s: there is no page %s", row.number, p[1])
				continue
			}
			for _, quotation := range strings.Split(strings.Trim(p[2], "“”"), "”, “") {
				if !strings.Contains(strings.ToLower(text), strings.ToLower(quotation)) {
					t.Errorf("slide %s: %s does not say %q", row.number, p[1], quotation)
				}
			}
		}
	}
}

// TestCitationsHaveSources matches each year in brackets, after a comma or alone, with the name before it.
func TestCitationsHaveSources(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	cited := map[string]bool{} // by "Name year"
	for _, m := range regexp.MustCompile(`(?m)^- ([A-Z]\w+ \d{4}): `).FindAllStringSubmatch(string(readme), -1) {
		cited[m[1]] = false
	}
	lessons, err := Embedded(embeddedLabs(t))
	if err != nil {
		t.Fatal(err)
	}
	citation := regexp.MustCompile(`.{0,120}?[,(] ?((?:19|20)\d\d)\)`)
	for _, l := range lessons {
		for _, p := range l.Pages {
			for _, m := range citation.FindAllStringSubmatch(words(p), -1) {
				found := false
				for source := range cited {
					name, year, _ := strings.Cut(source, " ")
					if year == m[1] && strings.Contains(m[0], name) {
						cited[source], found = true, true
					}
				}
				if !found {
					t.Errorf("%s: no source in README.md for %q", p.ID, m[0])
				}
			}
		}
	}
	if len(cited) == 0 {
		t.Error("README.md lists no sources")
	}
	for source, used := range cited {
		if !used {
			t.Errorf("no lesson cites %s", source)
		}
	}
}

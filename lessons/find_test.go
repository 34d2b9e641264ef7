package lessons

import "testing"

func TestFind(t *testing.T) {
	all := []Lesson{
		{Number: 0, Slug: "first", Pages: []Page{{ID: "first/a"}, {ID: "first/b"}}},
		{Number: 7, Slug: "empty"},
		{Number: 12, Slug: "last", Pages: []Page{{ID: "last/a"}, {ID: "last/b"}}},
	}
	for name, want := range map[string][2]int{
		"first": {0, 0}, "0": {0, 0}, "first/b": {0, 1}, "12": {2, 0}, "last": {2, 0}, "last/a": {2, 0}, "last/b": {2, 1},
	} {
		if lesson, page, ok := Find(all, name); !ok || lesson != want[0] || page != want[1] {
			t.Errorf("Find(%q) = %d, %d, %v; want %v", name, lesson, page, ok, want)
		}
	}
	for _, name := range []string{"", "1", "7", "empty", "a", "first/", "First"} {
		if lesson, page, ok := Find(all, name); ok {
			t.Errorf("Find(%q) found %d, %d", name, lesson, page)
		}
	}
}

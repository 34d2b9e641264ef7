package lab

import (
	"slices"
	"strings"
	"testing"
)

// TestEveryLabIsWhole looks at all labs as their users meet them.
func TestEveryLabIsWhole(t *testing.T) {
	seen := map[string]bool{}
	for _, l := range All() {
		if seen[l.ID] || l.ID == "" || l.Lesson == "" || l.Run == nil || !strings.HasSuffix(l.Question, "?") || l.About == "" {
			t.Errorf("the lab %q is not whole or not the only one: %+v", l.ID, l)
		}
		if (l.Task == "") != (l.ID == "devices") {
			t.Errorf("the task of %s is %q", l.ID, l.Task)
		}
		for _, key := range l.Answer {
			if !slices.Contains(Keys(l.Params), key) {
				t.Errorf("%s has no parameter %q to answer its task with", l.ID, key)
			}
		}
		seen[l.ID] = true
		keys := map[string]bool{}
		for _, p := range l.Params {
			if keys[p.Key] || p.Help == "" {
				t.Errorf("%s: parameter %q is there twice or without help", l.ID, p.Key)
			}
			keys[p.Key] = true
			if err := l.Defaults().Set(p.Key, p.Default); err != nil {
				t.Errorf("%s: the default is refused: %v", l.ID, err)
			}
			if err := l.Defaults().Set(p.Key, "\x00"); err == nil || !strings.Contains(err.Error(), p.Help) {
				t.Errorf("%s: %s takes anything: %v", l.ID, p.Key, err)
			}
		}
		if found, ok := Find(l.ID); !ok || found.ID != l.ID {
			t.Errorf("Find does not know %s", l.ID)
		}
	}
	if _, ok := Find("nonsense"); ok {
		t.Error("Find knows nonsense")
	}
}

func TestValues(t *testing.T) {
	params := []Param{
		wholeParam("n", 3, 1, 5, "how many"), numberParam("x", 0.5, 0, 1, "how much"),
		choiceParam("c", "a", []string{"a", "b"}, "which"), seedParam(),
	}
	v := defaults(params)
	for key, good := range map[string][]string{"n": {"1", "5"}, "x": {"0", "1", "1e-3"}, "c": {"a", "b"}, "seed": {"-7", "0"}} {
		for _, value := range good {
			if err := v.Set(key, value); err != nil || v.Text(key) != value {
				t.Errorf("%s=%s: %v, the value is %q", key, value, err, v.Text(key))
			}
		}
	}
	for key, bad := range map[string][]string{"n": {"0", "6", "2.5", "", "x"}, "x": {"-0.1", "1.1", "NaN", "Inf", ""}, "c": {"", "A", "c"}, "seed": {"1.5", ""}} {
		for _, value := range bad {
			before := v.Text(key)
			if err := v.Set(key, value); err == nil || v.Text(key) != before {
				t.Errorf("%s=%q was taken", key, value)
			}
		}
	}
	if err := v.Set("m", "1"); err == nil || !strings.Contains(err.Error(), `no parameter "m"; it has n, x, c, seed`) {
		t.Errorf("an unknown key: %v", err)
	}
	for _, set := range [][2]string{{"n", "4"}, {"x", "0.25"}, {"seed", "-7"}} {
		if err := v.Set(set[0], set[1]); err != nil {
			t.Fatal(err)
		}
	}
	if v.Whole("n") != 4 || v.Number("x") != 0.25 || v.Seed() != -7 {
		t.Errorf("the values are %d, %v and %d", v.Whole("n"), v.Number("x"), v.Seed())
	}
	if d := defaults(params); d.Whole("n") != 3 {
		t.Error("values share their memory")
	}
}

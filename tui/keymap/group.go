package keymap

import "strings"

// Group is keys that do one thing in two directions, "← →": they stand together in the key line and in the help.
type Group struct {
	Keys []Key
	Help string
}

// Groups joins neighbours that share their Help.
func (t Table) Groups() []Group {
	var groups []Group
	for _, k := range t {
		if last := len(groups) - 1; last >= 0 && groups[last].Help == k.Help {
			groups[last].Keys = append(groups[last].Keys, k)
			continue
		}
		groups = append(groups, Group{Keys: []Key{k}, Help: k.Help})
	}
	return groups
}

// Main is the keys of the key line.
func (t Table) Main() Table {
	var main Table
	for _, k := range t {
		if k.Main {
			main = append(main, k)
		}
	}
	return main
}

// manyStrokes is where a list of keystrokes is harder to read than its label, "0 1 2 3 4 5 6 7 8 9" than "0-9".
const manyStrokes = 5

// AllStrokes names every keystroke of the key, as a learner reads them: "← h p".
func (k Key) AllStrokes() string {
	if len(k.Strokes) > manyStrokes {
		return k.Label
	}
	names := make([]string, len(k.Strokes))
	for i, stroke := range k.Strokes {
		names[i] = name(stroke)
	}
	return strings.Join(names, " ")
}

func name(stroke string) string {
	switch stroke {
	case "left":
		return "←"
	case "right":
		return "→"
	case "up":
		return "↑"
	case "down":
		return "↓"
	case "pgdown":
		return "pgdn"
	}
	return stroke
}

package keymap

// Everywhere holds the keys that no screen may take, with the actions that they are for it.
func Everywhere(help, quit Action) Table {
	return Table{
		{Action: help, Strokes: []string{"?"}, Label: "?", Help: "keys", Main: true},
		{Action: quit, Strokes: []string{"q", "ctrl+c"}, Label: "q", Help: "quit", Main: true},
	}
}

// WhileTyping holds the key that no text can take.
func WhileTyping(quit Action) Table {
	return Table{{Action: quit, Strokes: []string{"ctrl+c"}, Label: "ctrl+c", Help: "quit", Main: true}}
}

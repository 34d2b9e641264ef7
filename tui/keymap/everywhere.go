package keymap

// The actions of the keys that act on every screen.
const (
	Quit Action = "quit"
	Help Action = "help"
)

// Everywhere holds the keys that no screen may take.
func Everywhere() Table {
	return Table{
		{Action: Help, Strokes: []string{"?"}, Label: "?", Help: "keys", Main: true},
		{Action: Quit, Strokes: []string{"q", "ctrl+c"}, Label: "q", Help: "quit", Main: true},
	}
}

// WhileTyping holds the key that no text can take.
func WhileTyping() Table {
	return Table{{Action: Quit, Strokes: []string{"ctrl+c"}, Label: "ctrl+c", Help: "quit", Main: true}}
}

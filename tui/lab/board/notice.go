package board

import "fmt"

// Notice answers the last key in the bottom line. The zero Notice says nothing.
type Notice struct {
	Text string
	Tone Tone
}

// Say tells what the key did.
func (n *Notice) Say(format string, args ...any) {
	*n = Notice{Text: fmt.Sprintf(format, args...), Tone: Bright}
}

// Refuse tells why the key did nothing.
func (n *Notice) Refuse(format string, args ...any) {
	*n = Notice{Text: fmt.Sprintf(format, args...), Tone: Warning}
}

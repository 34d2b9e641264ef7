package tui

import (
	"slices"

	"github.com/aetutor/aetutor/tui/keymap"
)

// AllKeys is every key of the root while reading.
func AllKeys() keymap.Table {
	return slices.Concat(model{}.reading(), keymap.Everywhere(actionHelp, actionQuit))
}

// Shortened is a title within a width.
func Shortened(title string, width int) string { return shortened(title, width) }

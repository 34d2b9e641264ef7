package editor

import (
	"go/scanner"
	"go/token"
	"strings"
)

// class is how a part of the source is shown.
type class byte

const (
	plain class = iota
	keyword
	literal
	comment
	todo // a comment that says what is to do
)

// classes are the class of each byte of Go source. Source with mistakes has them as far as they can be told.
func classes(source string) []class {
	of := make([]class, len(source))
	var s scanner.Scanner
	file := token.NewFileSet().AddFile("", -1, len(source))
	s.Init(file, []byte(source), func(token.Position, string) {}, scanner.ScanComments)
	for {
		pos, kind, text := s.Scan()
		if kind == token.EOF {
			return of
		}
		c := plain
		switch {
		case kind == token.COMMENT && strings.Contains(text, "TODO"):
			c = todo
		case kind == token.COMMENT:
			c = comment
		case kind.IsKeyword():
			c = keyword
		case kind.IsLiteral() && kind != token.IDENT:
			c = literal
		}
		if c == plain {
			continue
		}
		from := file.Offset(pos)
		for i := from; i < min(from+len(text), len(of)); i++ {
			of[i] = c
		}
	}
}

package lessons

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// located is a problem at a line of a YAML text. The first line is 1.
type located struct {
	line int
	what string
}

func (l located) Error() string { return fmt.Sprintf("line %d: %s", l.line, l.what) }

// decodeYAML decodes one YAML mapping into value, a pointer to a struct. Unknown and doubled keys are errors. Its error
// is a located, at one of the lines of text.
func decodeYAML(text []byte, value any) error {
	err := decodeMapping(text, value)
	if err == nil {
		return nil
	}
	at := locate(err)
	// The library counts the end of the text as a line of its own, and its parser may point there.
	at.line = max(1, min(at.line, bytes.Count(text, []byte{'\n'})))
	at.what = strings.Join(strings.Fields(at.what), " ")
	return at
}

func decodeMapping(text []byte, value any) error {
	file, err := parser.ParseBytes(text, 0)
	if err != nil {
		return err
	}
	if len(file.Docs) > 1 {
		return located{lineOfToken(file.Docs[1].Start), "a second YAML document"}
	}
	if len(file.Docs) == 0 || file.Docs[0].Body == nil {
		return located{1, "there is nothing in it"}
	}
	body := file.Docs[0].Body
	if !isMapping(body) {
		return located{lineOfNode(body), "it is not a list of `key: value` lines"}
	}
	return yaml.NodeToValue(body, value, yaml.Strict())
}

// locate takes the line out of an error of the YAML library, whose own text draws the source in several lines.
func locate(err error) located {
	var own located
	if errors.As(err, &own) {
		return own
	}
	var theirs yaml.Error
	if errors.As(err, &theirs) {
		return located{lineOfToken(theirs.GetToken()), theirs.GetMessage()}
	}
	return located{1, err.Error()}
}

// lineOfNode is the line at which a node begins.
func lineOfNode(node ast.Node) int { return lineOfToken(node.GetToken()) }

// lineOfToken is the line of a token, or 1 where the library does not say.
func lineOfToken(t *token.Token) int {
	if t == nil || t.Position == nil {
		return 1
	}
	return t.Position.Line
}

func isMapping(node ast.Node) bool {
	switch node.Type() {
	case ast.MappingType, ast.MappingValueType:
		return true
	default:
		return false
	}
}

// scalar is one plain value as it is written, so that 1e-3 stays "1e-3". line is 0 where the value is missing.
type scalar struct {
	value string
	line  int
}

// UnmarshalYAML takes any value but a list, a mapping or nothing.
func (s *scalar) UnmarshalYAML(node ast.Node) error {
	s.line = lineOfNode(node)
	switch n := node.(type) {
	case *ast.StringNode:
		s.value = n.Value
	case *ast.LiteralNode:
		s.value = n.Value.Value
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		s.value = n.GetToken().Value
	default:
		return located{s.line, fmt.Sprintf("a %s where one value belongs", node.Type())}
	}
	return nil
}

// integer is a whole number. The library would cut 2.5 down to 2. line is 0 where the number is missing.
type integer struct {
	value int
	line  int
}

// UnmarshalYAML takes a decimal integer.
func (i *integer) UnmarshalYAML(node ast.Node) error {
	i.line = lineOfNode(node)
	value, err := strconv.Atoi(node.GetToken().Value)
	if err != nil || node.Type() != ast.IntegerType {
		return located{i.line, fmt.Sprintf("%q is not a whole number", node.GetToken().Value)}
	}
	i.value = value
	return nil
}

// settings are the entries of a mapping in their order.
type settings []setting

type setting struct {
	key   string
	value scalar
	line  int
}

// UnmarshalYAML takes a mapping of plain values.
func (s *settings) UnmarshalYAML(node ast.Node) error {
	var entries []*ast.MappingValueNode
	switch n := node.(type) {
	case *ast.MappingNode:
		entries = n.Values
	case *ast.MappingValueNode:
		entries = []*ast.MappingValueNode{n}
	default:
		return located{lineOfNode(node), "`set` is not a list of `key: value` lines"}
	}
	for _, entry := range entries {
		one := setting{key: entry.Key.GetToken().Value, line: lineOfNode(entry.Key)}
		if err := one.value.UnmarshalYAML(entry.Value); err != nil {
			return err
		}
		*s = append(*s, one)
	}
	return nil
}

package theme

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Terminal fits a finished frame to the terminal's character set. Under a UTF-8 locale it returns frame as it is.
// Otherwise every character outside ASCII becomes a stand-in of as many cells, so lines keep their width; escape
// sequences stay whole.
func (t Theme) Terminal(frame string) string {
	if t.Unicode || isASCII(frame) {
		return frame
	}
	frame = strings.ToValidUTF8(frame, "?")
	// One character would make another claim of these: with the blank beside them there is room for two.
	frame = strings.NewReplacer("≤ ", "<=", "≥ ", ">=", " ±", "+-").Replace(frame)
	var out strings.Builder
	out.Grow(len(frame))
	var state byte
	before := "" // the sequence before this one, when it is a printed ASCII character
	for len(frame) > 0 {
		seq, width, n, next := ansi.DecodeSequence(frame, state, nil)
		state, frame = next, frame[n:]
		if isASCII(seq) || seq[0] == ansi.ESC {
			out.WriteString(seq)
			before = ""
			if width > 0 {
				before = seq
			}
			continue
		}
		if before != "" {
			// A combining mark joins the ASCII character before it, which the decoder returned alone.
			width = ansi.StringWidth(before+seq) - ansi.StringWidth(before)
		}
		before = ""
		r, _ := utf8.DecodeRuneInString(seq)
		stand := standIn(r)
		for range width {
			out.WriteByte(stand)
		}
	}
	return out.String()
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// standIn returns the ASCII character that looks or reads most like r, or '?'.
func standIn(r rune) byte {
	if r < utf8.RuneSelf {
		return byte(r)
	}
	for _, group := range []func(rune) byte{line, block, sign, letter} {
		if b := group(r); b != 0 {
			return b
		}
	}
	return '?'
}

// line maps box drawing.
func line(r rune) byte {
	if r < '─' || r > '╿' {
		return 0
	}
	switch r {
	case '─', '━', '┄', '┅', '┈', '┉', '╌', '╍', '═', '╴', '╶', '╸', '╺', '╼', '╾':
		return '-'
	case '│', '┃', '┆', '┇', '┊', '┋', '╎', '╏', '║', '╵', '╷', '╹', '╻', '╽', '╿':
		return '|'
	case '╱':
		return '/'
	case '╲':
		return '\\'
	case '╳':
		return 'x'
	}
	return '+'
}

// block maps block elements and braille by how much ink they hold.
func block(r rune) byte {
	switch r {
	case '█', '▇', '▆', '▅', '▉', '▊', '▋', '▓', '■', '▨':
		return '#'
	case '▌', '▍', '▐', '▒', '▄', '▃':
		return '='
	case '▀':
		return '"'
	case '░':
		return '.'
	case '▂', '▁':
		return '_'
	case '▏', '▎', '▕':
		return '|'
	case '\u2800':
		return ' '
	}
	if r > '\u2800' && r <= '\u28ff' {
		return '*'
	}
	return 0
}

// sign maps arrows, marks, punctuation and operators.
func sign(r rune) byte {
	switch r {
	case '←', '◀', '◂', '‹', '≤', '⟨', '«':
		return '<'
	case '→', '▶', '▸', '›', '≥', '⟩', '»', '↦', '⇒':
		return '>'
	case '↑', '▲', '▴':
		return '^'
	case '↓', '▼', '▾':
		return 'v'
	case '✓', '✔', '•', '●', '◆', '★':
		return '*'
	case '✗', '✘', '×', '⊗', '☒':
		return 'x'
	case '○', '◦', '°', '◇', '□':
		return 'o'
	case '−', '–', '—', '‐', '‑', '⁻', '₋':
		return '-'
	case '·', '…', '∙', '⋅':
		return '.'
	case '\'', '′', '‘', '’', 'ʼ':
		return '\''
	case '″', '“', '”', '„':
		return '"'
	case '±', '⁺', '₊', '⊕':
		return '+'
	case '≈', '∼':
		return '~'
	case '‖', '∣', '¦':
		return '|'
	case '\u00a0', '\u2002', '\u2003', '\u2007', '\u2009', '\u202f':
		return ' '
	case '÷':
		return '/'
	case '≡':
		return '='
	}
	return 0
}

// letter maps the letters and digits of formulas and of European names.
func letter(r rune) byte {
	const from = "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉ᵀᵢⱼₖₙₓₘₜⁿⁱ" +
		"αβγδεζηθικλμνξοπρστυφχψωΓΔΘΛΞΠΣΦΨΩµ∂∇∑∏∈√ℓℝ" +
		"àáâãäåèéêëìíîïòóôõöøùúûüýÿçñßÀÁÂÃÄÅÈÉÊËÌÍÎÏÒÓÔÕÖØÙÚÛÜÝÇÑ"
	const to = "01234567890123456789Tijknxmtni" +
		"abgdezhtiklmnxoprstufcpwGDTLXPSFPOudVSPevlR" +
		"aaaaaaeeeeiiiioooooouuuuyycnsAAAAAAEEEEIIIIOOOOOOUUUUYCN"
	i := 0
	for _, known := range from {
		if known == r {
			return to[i]
		}
		i++
	}
	return 0
}

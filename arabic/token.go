package arabic

import "strings"

// maxJoined bounds how many words are taken for one written together; a longer chain is a list or a rule
// of dots, and is read as its words alone.
const maxJoined = 12

// scanner walks over the folded letters of a text and collects its terms.
type scanner struct {
	letters  []letter
	at       int // the next letter to read
	position int // the next smallest word
	terms    []Term
}

// atom is a run of letters with nothing between them; joint is the sign that joins it to the next one.
type atom struct {
	from, to int // in letters
	joint    rune
}

func (s *scanner) script(i int) script {
	if i < 0 || i >= len(s.letters) {
		return none
	}
	return scriptOf(s.letters[i].rune)
}

// group reads the next word with all that is joined to it.
func (s *scanner) group() []atom {
	if s.script(s.at) == arab {
		from := s.at
		for s.script(s.at) == arab {
			s.at++
		}
		return []atom{{from: from, to: s.at}}
	}
	var atoms []atom
	for {
		from := s.at
		for sc := s.script(s.at); sc == latin || sc == digit || s.thousands(); sc = s.script(s.at) {
			s.at++
		}
		atoms = append(atoms, atom{from: from, to: s.at})
		next := s.script(s.at + 1)
		if s.at >= len(s.letters) || !strings.ContainsRune(joints, s.letters[s.at].rune) || next != latin && next != digit {
			return atoms
		}
		atoms[len(atoms)-1].joint = s.letters[s.at].rune
		s.at++
	}
}

// joints are the signs that join words without space, in the classes by which a joined word is taken
// apart again: first at hyphens, then at @ and &, then at dots and apostrophes, so that ENACT-16.6 has 16.6 for a part.
const joints = "-_@&.'"

var classes = []string{"-_", "@&", ".'"}

// thousands reports whether the scanner stands at the comma of a number such as 5,000, which is 5000.
func (s *scanner) thousands() bool {
	if s.at >= len(s.letters) || s.letters[s.at].rune != ',' || s.script(s.at-1) != digit {
		return false
	}
	before, after := 1, 1
	for s.script(s.at-before) == digit {
		before++
	}
	for s.script(s.at+after) == digit {
		after++
	}
	return before <= 4 && after == 4
}

// compound adds the terms of joined words: the whole, then its parts.
func (s *scanner) compound(atoms []atom, class int, part bool) {
	atoms = s.withoutPossessive(atoms)
	if len(atoms) == 1 {
		s.word(atoms[0], part)
		return
	}
	if len(atoms) > maxJoined {
		for _, a := range atoms {
			s.word(a, part)
		}
		return
	}
	pieces := split(atoms, classes[class])
	if len(pieces) == 1 {
		s.compound(atoms, class+1, part)
		return
	}
	s.whole(atoms, part)
	if class == len(classes)-1 && s.isNumber(atoms[0]) {
		// A dotted code is found by what it stands under: 16.6.1 by 16.6. The 16 is a part anyway.
		for n := len(atoms) - 1; n >= 2; n-- {
			s.whole(atoms[:n], true)
		}
	}
	for _, piece := range pieces {
		s.compound(piece, min(class+1, len(classes)-1), true)
	}
}

func (s *scanner) whole(atoms []atom, part bool) {
	width := 0
	for _, a := range atoms {
		width += s.width(a)
	}
	s.add(s.joined(atoms), atoms[0].from, atoms[len(atoms)-1].to, width, part)
	// The last word may be one that the stemmer would confuse, and does when letters stand before it:
	// digital-governance is not digital-government.
	term, last := &s.terms[len(s.terms)-1], s.text(atoms[len(atoms)-1])
	if head := irregular[last]; head != "" && irregular[term.Exact] == "" && strings.HasSuffix(term.Exact, last) {
		term.Text = strings.TrimSuffix(term.Exact, last) + head
	}
}

// withoutPossessive takes the 's from "ESCWA's". The apostrophe of "citizens'" joins nothing and is gone already.
func (s *scanner) withoutPossessive(atoms []atom) []atom {
	last := len(atoms) - 1
	if last < 1 || atoms[last-1].joint != '\'' || s.text(atoms[last]) != "s" {
		return atoms
	}
	return atoms[:last]
}

func split(atoms []atom, signs string) [][]atom {
	var pieces [][]atom
	from := 0
	for i, a := range atoms {
		if i == len(atoms)-1 || strings.ContainsRune(signs, a.joint) {
			pieces = append(pieces, atoms[from:i+1])
			from = i + 1
		}
	}
	return pieces
}

// joined writes the whole of joined words. Hyphens and apostrophes stay only between digits (2018-2022),
// the dots of an acronym go (U.N. is UN), other dots, @ and & stay.
func (s *scanner) joined(atoms []atom) string {
	var b strings.Builder
	acronym := true
	for _, a := range atoms {
		acronym = acronym && a.to-a.from == 1 && s.script(a.from) == latin
	}
	for i, a := range atoms {
		b.WriteString(s.text(a))
		if i == len(atoms)-1 {
			break
		}
		switch {
		case a.joint == '@' || a.joint == '&' || a.joint == '.' && !acronym:
			b.WriteRune(a.joint)
		case strings.ContainsRune("-_'", a.joint) && s.script(a.to-1) == digit && s.script(a.to+1) == digit:
			b.WriteByte('-')
		}
	}
	return b.String()
}

// word adds a word that nothing is joined to. Letters followed by digits, as in SDG16, are also two parts.
func (s *scanner) word(a atom, part bool) {
	s.add(s.text(a), a.from, a.to, s.width(a), part)
	if cut := s.cut(a); cut > 0 {
		s.add(s.text(atom{from: a.from, to: cut}), a.from, cut, 1, true)
		s.position++
		s.add(s.text(atom{from: cut, to: a.to}), cut, a.to, 1, true)
	}
	s.position++
}

func (s *scanner) width(a atom) int {
	if s.cut(a) > 0 {
		return 2
	}
	return 1
}

// cut gives where the digits of a word such as SDG16 begin, or 0. A single letter before digits is no word of its own.
func (s *scanner) cut(a atom) int {
	cut := a.from
	for cut < a.to && s.script(cut) == latin {
		cut++
	}
	if cut-a.from < 2 || cut == a.to || !s.isNumber(atom{from: cut, to: a.to}) {
		return 0
	}
	return cut
}

func (s *scanner) isNumber(a atom) bool {
	for i := a.from; i < a.to; i++ {
		if s.script(i) == latin || s.script(i) == arab {
			return false
		}
	}
	return true
}

// text is the atom's letters, without the commas of a number.
func (s *scanner) text(a atom) string {
	var b strings.Builder
	for _, l := range s.letters[a.from:a.to] {
		if l.rune != ',' {
			b.WriteRune(l.rune)
		}
	}
	return b.String()
}

// add adds a term that starts with the present smallest word.
func (s *scanner) add(exact string, from, to, width int, part bool) {
	text, stop := stem(exact)
	s.terms = append(s.terms, Term{
		Text: text, Exact: exact, Stop: stop, Part: part,
		Start: s.letters[from].start, End: s.letters[to-1].end,
		Position: s.position, Width: width,
	})
}

package seed

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"masar"
	"masar/dgraph"
)

// Patch is a set of differences as changes of the seed's files.
type Patch struct {
	// Text is a unified diff of the files; empty if no difference can be written.
	Text string
	// Unwritten are the differences that are not in it, because they are no change of one value that a file has.
	Unwritten []Difference
}

// DiffPatch is Diff, and the differences as a patch of the seed's files.
func DiffPatch(ctx context.Context, store *dgraph.Store) (*Patch, []Difference, error) {
	contents, err := store.Everything(ctx)
	if err != nil {
		return nil, nil, err
	}
	found, err := diff(Carried(), contents)
	if err != nil {
		return nil, nil, err
	}
	patch, err := patchOf(Carried(), contents, found)
	return patch, found, err
}

// patchOf writes differences as a unified diff. Only a change is written after which the reader finds the graph's value there, and
// everywhere else what it found before.
func patchOf(from Seed, contents *masar.Contents, found []Difference) (*Patch, error) {
	p := &patcher{from: from, contents: contents, found: found, refused: map[valuePlace]bool{}}
	for {
		if err := p.edit(); err != nil {
			return nil, err
		}
		good, err := p.check()
		if err != nil {
			return nil, err
		}
		if good {
			return &Patch{p.unified(), p.left}, nil
		}
	}
}

// valuePlace is where a file has a value.
type valuePlace struct{ file, path string }

type patcher struct {
	from     Seed
	contents *masar.Contents
	found    []Difference
	// refused are the places where a change does not have the effect that it should have.
	refused map[valuePlace]bool
	// files are the changed files by their paths in the seed, and left the differences without a change.
	files map[string][]byte
	left  []Difference
	// edits are the changed places, with the differences that the changes are of.
	edits map[valuePlace][]string
}

// id identifies a difference.
func (d *Difference) id() string {
	return masar.RecordRef{Type: d.Kind, Key: d.Code}.String() + " " + d.Path
}

// edit changes the files.
func (p *patcher) edit() error {
	p.files, p.left, p.edits = map[string][]byte{}, nil, map[valuePlace][]string{}
	given := map[valuePlace]string{}
	changes := map[string][]change{}
	for _, d := range p.found {
		c, ok, err := p.change(&d)
		if err != nil {
			return err
		}
		if !ok {
			p.left = append(p.left, d)
			continue
		}
		at := valuePlace{d.at.source.path, c.path}
		before, again := given[at]
		switch {
		case again && before != c.after:
			p.refused[at] = true
			p.left = append(p.left, d)
			continue
		case !again:
			given[at] = c.after
			changes[at.file] = append(changes[at.file], c)
		}
		p.edits[at] = append(p.edits[at], d.id())
	}
	for name, all := range changes {
		data, err := p.from.data(name)
		if err != nil {
			return err
		}
		p.files[name] = applied(data, all)
	}
	return nil
}

// change is a change of a value in one line of a file. Columns count runes.
type change struct {
	path             string
	line, start, end int
	after            string
}

// change is the change of a file that a difference asks for; false if it is none of one value that the file has in one line.
func (p *patcher) change(d *Difference) (c change, ok bool, err error) {
	if d.at.source == nil || d.Graph == nil || d.Seed == nil {
		return change{}, false, nil
	}
	data, err := p.from.data(d.at.source.path)
	if err != nil {
		return change{}, false, err
	}
	body, err := syntax(data)
	if err != nil {
		return change{}, false, err
	}
	lines := strings.Split(string(data), "\n")
	for _, at := range []string{d.at.path + ".value", d.at.path, strings.TrimSuffix(d.at.path, ".edtf")} {
		scalar := scalarAt(body, at)
		if scalar == nil || p.refused[valuePlace{d.at.source.path, at}] {
			continue
		}
		t := scalar.GetToken()
		start, end := inLine(lines, t)
		after, fits := newValue(d.Graph, t)
		return change{at, t.Position.Line - 1, start, end, after}, end > 0 && fits, nil
	}
	return change{}, false, nil
}

// scalarAt is the scalar at a path of a file; nil if there is none.
func scalarAt(n ast.Node, at string) (found ast.Node) {
	var visit func(n ast.Node, l linter)
	visit = func(n ast.Node, l linter) {
		switch v := n.(type) {
		case ast.MapNode:
			for entry := v.MapRange(); entry.Next(); {
				if key, is := entry.Key().(*ast.StringNode); is {
					visit(entry.Value(), l.Group(key.Value))
				}
			}
		case *ast.SequenceNode:
			for i, item := range v.Values {
				visit(item, l.At(i))
			}
		case ast.ScalarNode:
			if l.path == at {
				found = v
			}
		}
	}
	visit(n, linter{source: &source{}})
	return found
}

// inLine finds a scalar in its line, as columns of runes; end is 0 if it is not there in one piece.
func inLine(lines []string, t *token.Token) (start, end int) {
	line, start := []rune(lines[t.Position.Line-1]), t.Position.Column-1
	if start < 0 || start >= len(line) {
		return 0, 0
	}
	quote := map[token.Type]string{token.DoubleQuoteType: `"(?:[^"\\]|\\.)*"`, token.SingleQuoteType: `'(?:[^']|'')*'`}[t.Type]
	rest := string(line[start:])
	switch {
	case quote != "":
		rest = regexp.MustCompile("^" + quote).FindString(rest)
	case strings.HasPrefix(rest, t.Value):
		rest = t.Value
	default:
		return 0, 0
	}
	if rest == "" {
		return 0, 0
	}
	return start, start + len([]rune(rest))
}

// plain matches words that need no quotes, also within braces.
var plain = regexp.MustCompile(`^\p{L}[\p{L}\p{M}\p{N} ./()%+_-]*$`)

// newValue is a value of the graph as it is written in place of a scalar; false if it is no scalar that the seed can have.
func newValue(value json.RawMessage, before *token.Token) (string, bool) {
	var s string
	if err := json.Unmarshal(value, &s); err != nil {
		return string(value), before.Type != token.DoubleQuoteType && before.Type != token.SingleQuoteType
	}
	switch {
	case s == "" || checkText(s) != nil:
		return "", false
	case before.Type != token.DoubleQuoteType && before.Type != token.SingleQuoteType && plain.MatchString(s) && !token.IsNeedQuoted(s):
		return s, true
	}
	if !strings.ContainsAny(s, `"\`) {
		return `"` + s + `"`, true
	}
	return "'" + strings.ReplaceAll(s, "'", "''") + "'", true
}

// applied changes values of a file, from the last to the first.
func applied(data []byte, changes []change) []byte {
	lines := strings.Split(string(data), "\n")
	slices.SortFunc(changes, func(a, b change) int { return cmp.Or(cmp.Compare(b.line, a.line), cmp.Compare(b.start, a.start)) })
	for _, c := range changes {
		line := []rune(lines[c.line])
		lines[c.line] = string(line[:c.start]) + c.after + string(line[c.end:])
	}
	return []byte(strings.Join(lines, "\n"))
}

// check reads the changed files, and refuses the changes that do not have their effect or have another one, too. It reports whether
// all are good.
func (p *patcher) check() (bool, error) {
	with := Seed{files: p.from.files, dir: p.from.dir, single: maps.Clone(p.from.single)}
	if with.single == nil {
		with.single = map[string]singleFile{}
	}
	for name, data := range p.files {
		with.single[name] = singleFile{name, data}
	}
	refused := len(p.refused)
	after, err := diff(with, p.contents)
	if faults, is := errors.AsType[Faults](err); is {
		for at := range p.edits {
			for _, f := range faults {
				if f.File == at.file && (isWithin(f.Path, at.path) || isWithin(at.path, f.Path)) {
					p.refused[at] = true
				}
			}
		}
		if len(p.refused) == refused { // it is not clear which change it is
			p.refuseAll()
		}
		return false, nil
	}
	if err != nil {
		return false, err
	}
	before, done := map[string]bool{}, map[string]bool{}
	for _, d := range p.found {
		before[d.id()] = true
	}
	for _, ids := range p.edits {
		for _, id := range ids {
			done[id] = true
		}
	}
	good := true
	for _, d := range after {
		if before[d.id()] && !done[d.id()] {
			continue
		}
		good = false
		for at, ids := range p.edits {
			if slices.Contains(ids, d.id()) || d.at.source != nil && d.at.source.path == at.file && isWithin(at.path, d.at.path) {
				p.refused[at] = true
			}
		}
	}
	if !good && len(p.refused) == refused {
		p.refuseAll()
	}
	return good, nil
}

func (p *patcher) refuseAll() {
	for at := range p.edits {
		p.refused[at] = true
	}
}

// contextLines is the number of unchanged lines around a change.
const contextLines = 3

// unified is the unified diff of the changed files. No line is added or removed, so the numbers of both sides are equal.
func (p *patcher) unified() string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(p.files)) {
		data, _ := p.from.data(name) // it has been read before
		old, now := strings.SplitAfter(string(data), "\n"), strings.SplitAfter(string(p.files[name]), "\n")
		shown := p.from.shown(name)
		fmt.Fprintf(&b, "--- a/%s\n+++ b/%s\n", shown, shown)
		for at := 0; at < len(old); {
			if old[at] == now[at] {
				at++
				continue
			}
			start, end := max(0, at-contextLines), at+1
			for next := end; next < min(len(old), end+2*contextLines); next++ {
				if old[next] != now[next] {
					end = next + 1
				}
			}
			at = end
			end = min(len(old), end+contextLines)
			if old[end-1] == "" { // after the last line feed
				end--
			}
			fmt.Fprintf(&b, "@@ -%d,%d +%d,%d @@\n", start+1, end-start, start+1, end-start)
			hunk(&b, old[start:end], now[start:end])
		}
	}
	return b.String()
}

// hunk writes lines with their changes.
func hunk(b *strings.Builder, old, now []string) {
	for i := 0; i < len(old); {
		if old[i] == now[i] {
			b.WriteString(" " + ended(old[i]))
			i++
			continue
		}
		j := i
		for j < len(old) && old[j] != now[j] {
			j++
		}
		for _, line := range old[i:j] {
			b.WriteString("-" + ended(line))
		}
		for _, line := range now[i:j] {
			b.WriteString("+" + ended(line))
		}
		i = j
	}
}

// ended is a line of a diff, with the mark of one that ends without a line feed.
func ended(line string) string {
	if strings.HasSuffix(line, "\n") {
		return line
	}
	return line + "\n\\ No newline at end of file\n"
}

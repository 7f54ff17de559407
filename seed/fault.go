package seed

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"masar"
	messages "masar/words"
)

// Fault is one fault of the seed.
type Fault struct {
	// File is the path of the file: as it was given, below the given directory, or such as "seed/sources/X.yaml" for the
	// seed in the program.
	File string `json:"file"`
	// Line and Column start at 1; both are 0 for a fault of the whole file.
	Line   int `json:"line,omitempty"`
	Column int `json:"column,omitempty"`
	// Path is the path of the value, such as "claims[3].evidence[0].passage"; empty for the whole file.
	Path string `json:"path,omitempty"`
	// Code is the code of a rule on records; empty for a fault of the file's form.
	Code masar.FaultCode `json:"code,omitempty"`
	// Message states what is wrong and what is allowed.
	Message string `json:"message"`
}

// String formats the fault as compilers do, so that editors can open its position.
func (f Fault) String() string {
	var b strings.Builder
	b.WriteString(f.File)
	if f.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", f.Line, f.Column)
	}
	if f.Path != "" {
		b.WriteString(": " + f.Path)
	}
	b.WriteString(": " + f.Message)
	return b.String()
}

// Faults are all faults of a seed by file, line and column. Read returns no other error.
type Faults []Fault

// Error lists the faults, one per line.
func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i, fault := range f {
		lines[i] = fault.String()
	}
	return strings.Join(lines, "\n")
}

// sorted returns the faults in order without duplicates.
func (f Faults) sorted() Faults {
	slices.SortFunc(f, func(a, b Fault) int {
		return cmp.Or(
			strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column),
			strings.Compare(a.Path, b.Path), strings.Compare(a.Message, b.Message))
	})
	return slices.Compact(f)
}

// linter collects the faults of one file. It has a path, and reports faults at that path.
type linter struct {
	source *source
	path   string
	spot   spot
}

// spot is a line and a column of a file; both start at 1.
type spot struct{ line, column int }

// Group returns the linter for the value of a key.
func (l linter) Group(key string) linter {
	if strings.ContainsAny(key, `.[]" `) {
		return l.at(fmt.Sprintf("%s[%q]", l.path, key))
	}
	if l.path != "" {
		key = l.path + "." + key
	}
	return l.at(key)
}

// At returns the linter for an item of a list.
func (l linter) At(i int) linter { return l.at(fmt.Sprintf("%s[%d]", l.path, i)) }

// at returns the linter for a path. If the file has no value there, the position is that of the enclosing value.
func (l linter) at(path string) linter {
	l.path = path
	if s, ok := l.source.spots[path]; ok {
		l.spot = s
	}
	return l
}

// Given reports whether the file has a value at the path, even a faulty one.
func (l linter) Given() bool {
	_, ok := l.source.spots[l.path]
	return ok
}

// Errorf reports a fault of the file's form: a value that cannot be read or contradicts other files.
func (l linter) Errorf(format string, args ...any) {
	if l.path != "" {
		l.source.faulty = append(l.source.faulty, l.path)
	}
	l.report("", fmt.Sprintf(format, args...))
}

// missing reports a missing key, with the reason why it is required if there is one.
func (l linter) missing(key, why string) {
	l.source.faulty = append(l.source.faulty, l.Group(key).path)
	l.report("", strings.TrimSuffix(fmt.Sprintf("the key %q is missing: %s", key, why), ": "))
}

// refuse reports the broken rule of a value that is not used.
func (l linter) refuse(f masar.Fault) {
	l.source.faulty = append(l.source.faulty, l.path)
	l.fault(f, "")
}

// fault reports a broken rule with a hint.
func (l linter) fault(f masar.Fault, hint string) {
	l.report(f.Code, messages.Fault(f).EN+hint)
}

func (l linter) report(code masar.FaultCode, message string) {
	l.source.faults = append(l.source.faults, Fault{l.source.shown, l.spot.line, l.spot.column, l.path, code, message})
}

// follow returns the linter for the path of a fault within a record, such as "participants[2].value".
func (l linter) follow(path string) linter {
	for _, key := range strings.FieldsFunc(path, func(r rune) bool { return r == '.' || r == '[' || r == ']' }) {
		if i, err := strconv.Atoi(key); err == nil {
			l = l.At(i)
		} else {
			l = l.Group(key)
		}
	}
	return l
}

// String is the position, for faults that concern two places.
func (l linter) String() string { return fmt.Sprintf("%s:%d", l.source.shown, l.spot.line) }

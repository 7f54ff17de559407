package seed

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Fault is one thing that is wrong with the seed.
type Fault struct {
	// File is the file's path within the seed, such as "sources/X.yaml".
	File string
	// Line and Column count from 1; both are 0 where the fault is the file's as a whole.
	Line, Column int
	// Path leads to the value, such as "claims[3].evidence[0].passage"; empty for the file as a whole.
	Path string
	// Message says what is wrong and what is allowed.
	Message string
}

// String writes the fault as compilers do, so that editors can jump to it.
func (f Fault) String() string {
	var b strings.Builder
	b.WriteString("seed/" + f.File)
	if f.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", f.Line, f.Column)
	}
	if f.Path != "" {
		b.WriteString(": " + f.Path)
	}
	b.WriteString(": " + f.Message)
	return b.String()
}

// Faults are all the faults of a seed, by file, line and column. It is the only error that Read gives.
type Faults []Fault

// Error writes the faults, one a line.
func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i, fault := range f {
		lines[i] = fault.String()
	}
	return strings.Join(lines, "\n")
}

// sorted puts the faults in their order and drops repetitions.
func (f Faults) sorted() Faults {
	slices.SortFunc(f, func(a, b Fault) int {
		return cmp.Or(
			strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column),
			strings.Compare(a.Path, b.Path), strings.Compare(a.Message, b.Message))
	})
	return slices.Compact(f)
}

// linter collects the faults of one file. It stands at a path, and what it reports is at that path.
type linter struct {
	source *source
	path   string
	spot   spot
}

// spot is a line and a column of a file, counting from 1.
type spot struct{ line, column int }

// Group is the linter of the value under a key.
func (l linter) Group(key string) linter {
	if strings.ContainsAny(key, `.[]" `) {
		return l.at(fmt.Sprintf("%s[%q]", l.path, key))
	}
	if l.path != "" {
		key = l.path + "." + key
	}
	return l.at(key)
}

// At is the linter of a list's item.
func (l linter) At(i int) linter { return l.at(fmt.Sprintf("%s[%d]", l.path, i)) }

// at moves to a path; where the file has nothing there, the position stays that of what would hold it.
func (l linter) at(path string) linter {
	l.path = path
	if s, ok := l.source.spots[path]; ok {
		l.spot = s
	}
	return l
}

// Given reports whether the file has a value here, be it a faulty one.
func (l linter) Given() bool {
	_, ok := l.source.spots[l.path]
	return ok
}

// Errorf reports a fault.
func (l linter) Errorf(format string, args ...any) {
	l.source.faults = append(l.source.faults, Fault{
		File: l.source.path, Line: l.spot.line, Column: l.spot.column, Path: l.path, Message: fmt.Sprintf(format, args...),
	})
}

// String says where the linter stands, for faults that two places share.
func (l linter) String() string { return fmt.Sprintf("seed/%s:%d", l.source.path, l.spot.line) }

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

// Fault is one thing that is wrong with the seed.
type Fault struct {
	// File is the file's path within the seed, such as "sources/X.yaml".
	File string `json:"file"`
	// Line and Column count from 1; both are 0 if the fault is the file's as a whole.
	Line   int `json:"line,omitempty"`
	Column int `json:"column,omitempty"`
	// Path leads to the value, such as "claims[3].evidence[0].passage"; empty for the file as a whole.
	Path string `json:"path,omitempty"`
	// Code names the rule on records that is broken; empty for a fault of the file's form.
	Code masar.FaultCode `json:"code,omitempty"`
	// Message says what is wrong and what is allowed.
	Message string `json:"message"`
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

// Errorf reports a fault of the file's form: a value that could not be read, or that does not agree with the files.
func (l linter) Errorf(format string, args ...any) {
	if l.path != "" {
		l.source.faulty = append(l.source.faulty, l.path)
	}
	l.report("", fmt.Sprintf(format, args...))
}

// missing reports that a key is missing, and why it is required, if that is not plain.
func (l linter) missing(key, why string) {
	l.source.faulty = append(l.source.faulty, l.Group(key).path)
	l.report("", strings.TrimSuffix(fmt.Sprintf("the key %q is missing: %s", key, why), ": "))
}

// refuse reports a rule on records that a value breaks, and that the value is not taken.
func (l linter) refuse(f masar.Fault) {
	l.source.faulty = append(l.source.faulty, l.path)
	l.fault(f, "")
}

// fault reports a rule on records that a value breaks, and what else is known of it.
func (l linter) fault(f masar.Fault, hint string) {
	l.report(f.Code, messages.Fault(f).EN+hint)
}

func (l linter) report(code masar.FaultCode, message string) {
	l.source.faults = append(l.source.faults, Fault{l.source.path, l.spot.line, l.spot.column, l.path, code, message})
}

// follow leads on along the path of a fault within a record, such as "participants[2].value".
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

// String says where the linter stands, for faults that two places share.
func (l linter) String() string { return fmt.Sprintf("seed/%s:%d", l.source.path, l.spot.line) }

package dump

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"masar"
)

// few is a file with two topics, and one change.
const few = `{"masar":1,"of":"HEADER","profile":"full"}
{"authorship":{"lastBy":"amal"},"code":"a","of":"TOPIC","summary":{"ar":{"value":"أ"},"en":{"value":"A"}},"title":{"ar":{"value":"ا"},"en":{"value":"A <b> & \"c\""}},"version":2}
{"authorship":{"lastBy":"seed"},"code":"b","of":"TOPIC","parent":"TOPIC/a","title":{"ar":{"value":"ب"},"en":{"value":"B"}},"version":1}
{"action":"CREATED","at":"2026-11-29T12:00:00Z","by":"amal","fields":["title"],"of":"CHANGE","record":"TOPIC/a","sequence":1,"snapshot":1}
{"changes":1,"of":"END","records":2,"snapshot":1}
`

func fileOf(content string) File {
	return File{"few.jsonl", func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(content)), nil }}
}

// Catches: a reader that takes what no export writes, names the wrong line, or refuses what an export writes.
func TestReaderIsStrict(t *testing.T) {
	lines := strings.SplitAfter(few, "\n")
	replaced := func(old, new string) string {
		if !strings.Contains(few, old) {
			t.Fatalf("%s is not in the file", old)
		}
		return strings.Replace(few, old, new, 1)
	}
	for name, c := range map[string]struct {
		content string
		line    int
		key     string // of the message
	}{
		"an empty file":                {"", 1, "header"},
		"no header":                    {strings.Join(lines[1:], ""), 1, "header"},
		"another program":              {replaced(`"masar":1`, `"masaq":1`), 1, "header"},
		"a newer format":               {replaced(`"masar":1`, `"masar":2`), 1, "format"},
		"an unknown profile":           {replaced(`"profile":"full"`, `"profile":"most"`), 1, "format"},
		"not JSON":                     {replaced(`"code":"a",`, `"code":"a"`), 2, "json"},
		"an unknown field":             {replaced(`"code":"b",`, `"code":"b","colour":"red",`), 3, "canonical"},
		"an unknown part":              {replaced(`{"lastBy":"amal"}`, `{"lastBy":"amal","mood":"good"}`), 2, "canonical"},
		"a repeated field":             {replaced(`"code":"a",`, `"code":"z","code":"a",`), 2, "canonical"},
		"another order of fields":      {replaced(`"of":"TOPIC","parent":"TOPIC/a"`, `"parent":"TOPIC/a","of":"TOPIC"`), 3, "canonical"},
		"spaces":                       {replaced(`"code":"a"`, `"code": "a"`), 2, "canonical"},
		"escapes without need":         {replaced("ب", `\u0628`), 3, "canonical"},
		"invalid UTF-8":                {replaced("ب", "\xff"), 3, "canonical"},
		"an empty value":               {replaced(`"code":"a",`, `"code":"a","iri":"",`), 2, "canonical"},
		"an unknown type":              {replaced(`"of":"TOPIC","parent"`, `"of":"TROPIC","parent"`), 3, "type"},
		"no version":                   {replaced(`,"version":1`, ``), 3, "version"},
		"a record twice":               {lines[0] + lines[1] + lines[1], 3, "order"},
		"records in another order":     {lines[0] + lines[2] + lines[1], 3, "order"},
		"a record after a change":      {lines[0] + lines[3] + lines[1], 3, "order"},
		"a change twice":               {lines[0] + lines[3] + lines[3], 3, "order"},
		"a missing record":             {lines[0] + lines[1] + lines[3] + lines[4], 4, "count"},
		"lines after the end":          {few + lines[1], 6, "after_end"},
		"no end":                       {strings.Join(lines[:4], ""), 5, "cut"},
		"half of a line":               {few[:len(few)-9], 5, "cut"},
		"an unknown field of a change": {replaced(`"record":`, `"raccord":1,"record":`), 4, "canonical"},
	} {
		_, err := fileOf(c.content).Check()
		fault, _ := errors.AsType[*masar.Error](err)
		if fault == nil || fault.Code != masar.CodeBackup || fault.Key != "error.jsonl.line" || fault.Args["line"] != c.line ||
			fault.Args["fault"].(masar.Phrase).Key != "error.jsonl."+c.key {
			t.Errorf("%s: %v, want %s in line %d", name, err, c.key, c.line)
		}
	}
	found, err := fileOf(few).Check()
	if err != nil || found.Records != 2 || found.Snapshot != 1 || found.Changes != 1 || found.Profile != Full {
		t.Errorf("%+v, %v", found, err)
	}
}

// zeros is an endless file.
type zeros struct{ read int }

// Read implements io.Reader.
func (z *zeros) Read(b []byte) (int, error) {
	clear(b)
	z.read += len(b)
	return len(b), nil
}

// Close does nothing.
func (z *zeros) Close() error { return nil }

// Catches: an endless line, as in a file that unpacks to gigabytes, that is read into memory.
func TestReaderBoundsLines(t *testing.T) {
	z := &zeros{}
	_, err := File{"zeros", func() (io.ReadCloser, error) { return z, nil }}.Check()
	if masar.ErrorCode(err) != masar.CodeBackup || z.read > 2*maxLine {
		t.Errorf("%v after %d bytes", err, z.read)
	}
}

// Catches: an import of records that break a rule, and a fault without its line.
func TestRulesAreChecked(t *testing.T) {
	_, faults, err := fileOf(strings.Replace(few, "TOPIC/a\",\"title", "TOPIC/c\",\"title", 1)).CheckRules()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range faults {
		if f.Line == 3 && f.Record == "TOPIC/b" && f.Path == "parent" {
			return
		}
	}
	t.Errorf("the unknown parent in line 3 is not reported: %+v", faults)
}

// Catches: a check that ends at the first faulty line, names a wrong line, or reports what a faulty line causes in others.
func TestAllFaultsOfAFile(t *testing.T) {
	content := `{"masar":1,"of":"HEADER","profile":"public"}
{"code":"a","of":"TOPIC","summary":{"ar":{"value":"أ"},"en":{"value":"A"}},"title":{"ar":{"value":"ا"},"en":{"value":"A"}},"version":1}
{"code":"b","of":"TOPIC","title":{"ar":{"value":"ا"}},"version":1}
{"code":"c" "of":"TOPIC"}
{"code":"d","colour":"red","of":"TOPIC","version":1}
{"code":"e","of":"TOPIC","parent":"TOPIC/c","summary":{"ar":{"value":"أ"},"en":{"value":"A"}},"title":{"ar":{"value":"ا"},"en":{"value":"A"}},"version":1}
{"code":"0","of":"TOPIC","summary":{"ar":{"value":"أ"},"en":{"value":"A"}},"title":{"ar":{"value":"ا"},"en":{"value":"A"}},"version":1}
{"of":"END","records":6}
`
	_, faults, err := fileOf(content).CheckRules()
	var got []string
	for _, f := range faults {
		key := string(f.Code)
		if p, is := f.Args["fault"].(masar.Phrase); is {
			key = p.Key
		}
		got = append(got, fmt.Sprint(f.Line, " ", f.Record, " ", f.Path, " ", key))
	}
	want := []string{
		"3 TOPIC/b summary TEXT_MISSING", "3 TOPIC/b title.en TEXT_ONE_LANGUAGE", "4   error.jsonl.json", "5   error.jsonl.canonical", "7   error.jsonl.order",
	}
	slices.Sort(got)
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%v\n%q\nwant\n%q", err, got, want)
	}
}

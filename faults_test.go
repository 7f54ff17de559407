package masar_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"masar"
	"masar/words"
)

var update = flag.Bool("update", false, "write the golden files anew")

const faultsDir = "testdata/faults"

// TestFaults changes a valid graph so that it breaks a rule. Each file of testdata/faults is named after the code
// that all its cases must report. A case NAME has two parts. NAME.json has the changed fields by record; null removes
// a record, and an unknown record is added. NAME.want has each fault as record, path and code, followed by its
// message in English and Arabic; -update writes it.
//
// Catches: a rule that is not checked, is checked twice, or reports another path or message.
func TestFaults(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(faultsDir, "*.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	var covered []masar.FaultCode
	for _, name := range files {
		code := masar.FaultCode(strings.TrimSuffix(filepath.Base(name), ".txtar"))
		covered = append(covered, code)
		t.Run(string(code), func(t *testing.T) { testFaultsOf(t, name, code) })
	}
	for _, code := range masar.FaultCodes {
		if !slices.Contains(covered, code) {
			t.Errorf("no case breaks the rule %s", code)
		}
	}
}

func testFaultsOf(t *testing.T, name string, code masar.FaultCode) {
	ar, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	out := txtar.Archive{Comment: ar.Comment}
	for _, f := range ar.Files {
		base, isCase := strings.CutSuffix(f.Name, ".json")
		if !isCase {
			continue
		}
		batch := spoiled(t, f.Data)
		var got bytes.Buffer
		for _, finding := range masar.ValidateBatch(batch, masar.NewIndex(batch)) {
			if finding.Code != code {
				t.Errorf("%s: reports %+v", base, finding)
			}
			message := words.Fault(finding.Fault)
			fmt.Fprintf(&got, "%s: %s\n  %s\n  %s\n", strings.TrimSuffix(label(batch, finding.Record)+" "+finding.Path, " "), finding.Code, message.EN, message.AR)
		}
		if got.Len() == 0 {
			t.Errorf("%s: reports nothing", base)
		}
		out.Files = append(out.Files, f, txtar.File{Name: base + ".want", Data: got.Bytes()})
	}
	if *update {
		if err := os.WriteFile(name, txtar.Format(&out), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(txtar.Format(ar)), string(txtar.Format(&out))); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}

// spoiled is the valid graph with changes. Keys are derived again unless a change sets one.
func spoiled(t *testing.T, data []byte) *masar.Batch {
	t.Helper()
	var changes map[string]json.RawMessage
	if err := json.Unmarshal(data, &changes); err != nil {
		t.Fatal(err)
	}
	b := &sound().Batch
	for _, name := range slices.Sorted(maps.Keys(changes)) {
		change(t, b, name, changes[name])
	}
	keyed := func(kind string, i int) bool {
		return bytes.Contains(changes[fmt.Sprintf("%s %d", kind, i)], []byte(`"key"`))
	}
	renamed := map[masar.ClaimKey]masar.ClaimKey{}
	for i, c := range b.Claims {
		if before := c.Key; !keyed("CLAIM", i) {
			c.Key = c.NewKey()
			renamed[before] = c.Key
		}
	}
	for i, e := range b.Evidence {
		if key, ok := renamed[e.ClaimKey]; ok {
			e.ClaimKey = key
		}
		if !keyed("EVIDENCE", i) {
			e.Key = e.NewKey()
		}
	}
	for i, o := range b.Observations {
		if !keyed("OBSERVATION", i) {
			o.Key = o.NewKey()
		}
	}
	return b
}

// change changes, adds or removes a record: KIND/code, or the type and number of another record.
func change(t *testing.T, b *masar.Batch, name string, fields json.RawMessage) {
	t.Helper()
	if string(fields) == "null" {
		remove(b, name)
		return
	}
	record := find(b, name)
	if record == nil {
		record = add(t, b, name)
	}
	fields = bytes.ReplaceAll(fields, []byte(`"NaN"`), []byte("-987654321"))
	d := json.NewDecoder(bytes.NewReader(fields))
	d.DisallowUnknownFields()
	if err := d.Decode(record); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	poison(reflect.ValueOf(record).Elem())
}

// poison sets values that JSON cannot express: NaN, and bytes that are not UTF-8.
func poison(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			poison(v.Field(i))
		}
	case reflect.Slice:
		for i := range v.Len() {
			poison(v.Index(i))
		}
	case reflect.Float64:
		if v.Float() == -987654321 {
			v.SetFloat(math.NaN())
		}
	case reflect.String:
		if v.String() == "<bytes>" {
			v.SetString("\xff")
		}
	}
}

var numbered = regexp.MustCompile(`^(CLAIM|EVIDENCE|OBSERVATION|TEXT) ([0-9]+)$`)

func find(b *masar.Batch, name string) masar.Record {
	for record := range b.Records() {
		if label(b, record.Identity().String()) == name {
			return record
		}
	}
	return nil
}

// label is the name of a record in the cases. Records other than entities are numbered.
func label(b *masar.Batch, name string) string {
	counts := map[string]int{}
	for record := range b.Records() {
		if _, isEntity := record.(masar.Entity); isEntity {
			continue
		}
		kind, _, _ := strings.Cut(record.Identity().String(), "/")
		if record.Identity().String() == name {
			return fmt.Sprintf("%s %d", kind, counts[kind])
		}
		counts[kind]++
	}
	return name
}

func add(t *testing.T, b *masar.Batch, name string) masar.Record {
	t.Helper()
	if numbered.MatchString(name) {
		switch name[:1] {
		case "C":
			c := &masar.Claim{Basis: masar.Stated, Status: masar.ClaimAccepted, Key: masar.ClaimKey(name)}
			b.Claims = append(b.Claims, c)
			return c
		case "E":
			e := *b.Evidence[0]
			b.Evidence = append(b.Evidence, &e)
			return &e
		}
		t.Fatalf("no %s can be added", name)
	}
	kind, code, _ := strings.Cut(strings.TrimSuffix(name, " again"), "/")
	e := masar.NewEntity(masar.Kind(kind))
	*e.Head() = header(masar.Kind(kind), code)
	b.Entities = append(b.Entities, e)
	return e
}

func remove(b *masar.Batch, name string) {
	gone := find(b, name)
	b.Entities = slices.DeleteFunc(b.Entities, func(e masar.Entity) bool { return any(e) == gone })
	b.Claims = slices.DeleteFunc(b.Claims, func(c *masar.Claim) bool { return any(c) == gone })
	b.Evidence = slices.DeleteFunc(b.Evidence, func(e *masar.Evidence) bool { return any(e) == gone })
	b.Texts = slices.DeleteFunc(b.Texts, func(x *masar.SourceText) bool { return any(x) == gone })
}

// Catches: a code without a message in one of the languages, and a slot without a value.
func TestEveryFaultHasMessages(t *testing.T) {
	for _, code := range slices.Concat(masar.FaultCodes, masar.DatabaseFaultCodes) {
		m := words.Fault(masar.Fault{Code: code})
		if key := "fault." + string(code); m.EN == key || m.AR == key || m.EN == "" || m.AR == "" {
			t.Errorf("%s has the messages %q and %q", code, m.EN, m.AR)
		}
	}
}

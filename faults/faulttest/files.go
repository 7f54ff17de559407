//go:build linux

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"strings"
)

// damageTest is the test that damages the files of data directories and starts masar on them.
const damageTest = "TestDamagedDirectory"

// testEvent is a line of "go test -json".
type testEvent struct{ Action, Test, Output string }

// damagedFiles runs the test of damaged files, one row for each damage. CI runs it with the other tests, so the short form
// leaves it out.
func damagedFiles(ctx context.Context, o options, results *table) error {
	if o.short || !o.only.MatchString("files") {
		return nil
	}
	progress("damaging files")
	test := exec.CommandContext(ctx, "go", "test", "-json", "-count=1", "-timeout=15m", "-run=^"+damageTest+"$", "masar/cmd/masar")
	test.Env = append(os.Environ(), "MASAR_TEST_BINARY="+o.binary)
	test.Stderr = os.Stderr
	output, err := test.Output()
	rows := damageRows(output)
	results.add(rows...)
	if len(rows) == 0 {
		return errors.Join(errors.New("no test of damaged files has run"), err)
	}
	return err
}

// damageRows makes rows from the output of "go test -json".
func damageRows(output []byte) []row {
	var rows []row
	talk := map[string]string{}
	for line := range bytes.Lines(output) {
		var e testEvent
		if json.Unmarshal(line, &e) != nil {
			continue
		}
		talk[e.Test] += e.Output
		_, name, isDamage := strings.Cut(e.Test, "/")
		if !isDamage || e.Action != "pass" && e.Action != "fail" {
			continue
		}
		r := row{fault: "files: " + strings.ReplaceAll(name, "_", " "), operations: 1, note: "starts, with all data"}
		if strings.Contains(talk[e.Test], "DATA") {
			r.note = "refuses to start, and names the file"
		}
		if e.Action == "fail" {
			r.note, r.broken = "FAILED", []string{talk[e.Test]}
		}
		rows = append(rows, r)
	}
	return rows
}

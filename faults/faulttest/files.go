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

// testEvent is a line of "go test -json".
type testEvent struct{ Action, Test, Output string }

// tested is a test of cmd/masar that is run as a scenario, with a row for each subtest.
type tested struct {
	name, test string
	// note describes the result of a subtest from its output.
	note func(talk string) string
}

// damagedFiles is the test that damages the files of data directories and starts masar on them.
var damagedFiles = tested{"files", "TestDamagedDirectory", func(talk string) string {
	if strings.Contains(talk, "DATA") {
		return "refuses to start, and names the file"
	}
	return "starts, with all data"
}}

// backupDrill is the test that makes a backup under writes, kills all processes and restores the backup elsewhere.
var backupDrill = tested{"backup", "TestDrill", func(talk string) string {
	for line := range strings.Lines(talk) {
		for _, done := range []string{"backed up snapshot ", "restored snapshot ", "created "} {
			if _, rest, found := strings.Cut(line, done); found {
				rest, _, _ = strings.Cut(rest, "; /")
				return done + strings.TrimSpace(rest)
			}
		}
	}
	return "as it must be"
}}

// run runs the test. CI runs it with the other tests, so the short form leaves it out.
func (s tested) run(ctx context.Context, o options, results *table) error {
	if o.short || !o.only.MatchString(s.name) {
		return nil
	}
	progress("running %s", s.test)
	test := exec.CommandContext(ctx, "go", "test", "-json", "-count=1", "-timeout=15m", "-run=^"+s.test+"$", "masar/cmd/masar")
	test.Env = append(os.Environ(), "MASAR_TEST_BINARY="+o.binary)
	test.Stderr = os.Stderr
	output, err := test.Output()
	rows := s.rows(output)
	results.add(rows...)
	if len(rows) == 0 {
		return errors.Join(errors.New("the test has not run"), err)
	}
	return err
}

// rows makes rows from the output of "go test -json".
func (s tested) rows(output []byte) []row {
	var rows []row
	talk := map[string]string{}
	for line := range bytes.Lines(output) {
		var e testEvent
		if json.Unmarshal(line, &e) != nil {
			continue
		}
		talk[e.Test] += e.Output
		_, name, isPart := strings.Cut(e.Test, "/")
		if !isPart || e.Action != "pass" && e.Action != "fail" {
			continue
		}
		r := row{fault: s.name + ": " + strings.ReplaceAll(name, "_", " "), operations: 1, note: s.note(talk[e.Test])}
		if e.Action == "fail" {
			r.note, r.broken = "FAILED", []string{talk[e.Test]}
		}
		rows = append(rows, r)
	}
	return rows
}

//go:build linux

package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
)

// row is the result of one fault.
type row struct {
	fault      string
	operations int
	errors     map[string]int // errors that clients saw, by text
	// Of the reads: how many there were and how many failed, the 99th percentile of their durations, and the greatest
	// staleness of an answer.
	reads, failed int
	nearlyAll     time.Duration
	stale         time.Duration
	recovery      time.Duration
	lost, half    []string
	note          string
	broken        []string
}

// table collects the results of all scenarios.
type table struct{ rows []row }

func (t *table) add(rows ...row) {
	for _, r := range rows {
		for _, promise := range r.broken {
			progress("BROKEN: %s: %s", r.fault, promise)
		}
	}
	t.rows = append(t.rows, rows...)
}

// isBroken reports whether a promise was broken. A table without rows has tested nothing.
func (t *table) isBroken() bool {
	return len(t.rows) == 0 || slices.ContainsFunc(t.rows, func(r row) bool { return len(r.broken) > 0 })
}

// print prints the table, the sums, and the broken promises.
func (t *table) print(to io.Writer) {
	fmt.Fprintln(to, "| fault | operations | errors seen by clients | reads answered, 99 of 100 within | stalest answer | recovery | acknowledged writes lost | half-written |")
	fmt.Fprintln(to, "|---|---|---|---|---|---|---|---|")
	operations, lost, half := 0, 0, 0
	for _, r := range t.rows {
		fmt.Fprintln(to, r)
		operations, lost, half = operations+r.operations, lost+len(r.lost), half+len(r.half)
	}
	fmt.Fprintf(to, "\n%d faults, %d operations; acknowledged writes lost: %d; half-written: %d\n", len(t.rows), operations, lost, half)
	for _, r := range t.rows {
		for _, what := range slices.Concat(r.lost, r.half, r.broken) {
			fmt.Fprintf(to, "BROKEN: %s: %s\n", r.fault, what)
		}
	}
}

// String returns the row as Markdown.
func (r row) String() string {
	if r.note != "" {
		return fmt.Sprintf("| %s | %d | %s | | | | %d | %d |", r.fault, r.operations, r.note, len(r.lost), len(r.half))
	}
	answered := 100 - 100*float64(r.failed)/float64(max(1, r.reads))
	return fmt.Sprintf("| %s | %d | %s | %.1f %%, %s | %s | %s | %d | %d |", r.fault, r.operations, r.seen(), answered,
		seconds(r.nearlyAll), seconds(r.stale), seconds(r.recovery), len(r.lost), len(r.half))
}

// seen lists the errors that clients saw.
func (r row) seen() string {
	var all []string
	for _, text := range slices.Sorted(maps.Keys(r.errors)) {
		all = append(all, fmt.Sprintf("%d %s", r.errors[text], text))
	}
	if len(all) == 0 {
		return "none"
	}
	return strings.Join(all, ", ")
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.1f s", d.Seconds()) }

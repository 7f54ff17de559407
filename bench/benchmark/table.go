//go:build linux

package main

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// print prints the tables of a size.
func (r *results) print(to io.Writer) {
	fmt.Fprintf(to, "\n## %s claims\n\n%s entities, %s evidence items: %s records.\n",
		number(r.claims), number(r.entities), number(r.evidence), number(r.records))
	r.printNested(to)
	r.printOthers(to)
	r.printLoading(to)
	r.printGoals(to)
}

func (r *results) printNested(to io.Writer) {
	fmt.Fprintf(to, "\nThe nested question, for each of %d targets; answers of %.0f to %.0f KB:\n\n", r.targets, float64(r.smallest)/1e3, float64(r.largest)/1e3)
	fmt.Fprintln(to, "| | cold: median, 99 of 100 | warm, 1 client: median, 99 of 100 | 8 clients, per second | processor time of the servers, per answer | time of masar: cold | warm | masar's rate | masar's processor time |")
	fmt.Fprintln(to, "|---|---|---|---|---|---|---|---|---|")
	ours := r.nested[masarNew]
	for i, n := range r.nested {
		cells := []string{n.name, n.cold.String(), n.warm.String(), fmt.Sprintf("%.0f", n.perSecond), short(n.worked), "", "", "", ""}
		if i != masarNew {
			if len(n.cold) > 0 {
				cells[5] = factor(ratio(ours.cold, n.cold))
			}
			cells[6], cells[7] = factor(ratio(ours.warm, n.warm)), factor(ours.perSecond/n.perSecond)
			cells[8] = factor(float64(ours.worked) / float64(n.worked))
		}
		fmt.Fprintln(to, "| "+strings.Join(cells, " | ")+" |")
	}
}

func (r *results) printOthers(to io.Writer) {
	fmt.Fprintln(to, "\n| other questions | masar: median, 99 of 100 | Dgraph | median, 99 of 100 | time of masar |")
	fmt.Fprintln(to, "|---|---|---|---|---|")
	for _, q := range r.rows {
		cells := []string{q.name, q.masars.String(), q.peer, "", ""}
		if q.peer != "" {
			cells[3], cells[4] = q.others.String(), factor(ratio(q.masars, q.others))
			if q.note != "" {
				cells[3] += " (" + q.note + ")"
			}
		}
		fmt.Fprintln(to, "| "+strings.Join(cells, " | ")+" |")
	}
}

func (r *results) printLoading(to io.Writer) {
	fmt.Fprintln(to, "\n| loading, starting, memory | masar | Dgraph |\n|---|---|---|")
	fmt.Fprintf(to, "| loading; Dgraph's own: `dgraph live` | %s, %.0f records/s | %s, %.0f records/s |\n",
		seconds(r.loaded), r.perSecond(r.loaded), seconds(r.live), r.perSecond(r.live))
	fmt.Fprintf(to, "| start to ready | %s | %s |\n", seconds(r.ready.median()), seconds(r.peerReady.median()))
	for _, name := range []string{"masar", "alpha", "zero"} {
		other := ""
		if size, ok := r.peerMemory[name]; ok {
			other = fmt.Sprintf("%d MB", size>>20)
		}
		fmt.Fprintf(to, "| memory after the nested question: %s | %d MB | %s |\n", name, r.memory[name]>>20, other)
	}
}

// perSecond is the number of records loaded per second.
func (r *results) perSecond(took time.Duration) float64 { return float64(r.records) / took.Seconds() }

// goal is a ratio or a time that masar is to reach.
type goal struct {
	name        string
	got, wanted float64
	atMost      bool
	unit        string
}

// goals are those of docs/performance.md.
func (r *results) goals() []goal {
	n := r.nested
	all := []goal{
		{"cold: time of nested DQL by hand", ratio(n[masarNew].cold, n[handDQL].cold), 1, true, "×"},
		{"warm, 8 clients: rate of Dgraph's `/graphql`", n[masarNew].perSecond / n[dgraphGraphQL].perSecond, 4, false, "×"},
		{"warm, 8 clients: rate of gqlgen alone", n[masarNew].perSecond / n[gqlgenAlone].perSecond, 1, false, "×"},
		{"the same questions again, 8 clients: rate of `net/http` alone", n[masarSame].perSecond / n[bytesAlone].perSecond, .7, false, "×"},
		{"loading: rate of `dgraph live`", r.live.Seconds() / r.loaded.Seconds(), .8, false, "×"},
	}
	for _, q := range r.rows {
		switch {
		case strings.Contains(q.peer, "shortest"):
			all = append(all, goal{"paths: speed of `shortest`", ratio(q.others, q.masars), 20, false, "×"})
		case strings.Contains(q.peer, "alloftext"):
			all = append(all, goal{q.name, milliseconds(q.masars.median()), 5, true, " ms"})
		}
	}
	return all
}

func (r *results) printGoals(to io.Writer) {
	fmt.Fprintln(to, "\n| goal | measured | wanted | |\n|---|---|---|---|")
	for _, g := range r.goals() {
		sign, reached := "≥", g.got >= g.wanted
		if g.atMost {
			sign, reached = "≤", g.got <= g.wanted
		}
		fmt.Fprintf(to, "| %s | %.3g%s | %s %g%s | %s |\n", g.name, g.got, g.unit, sign, g.wanted, g.unit, map[bool]string{true: "reached", false: "missed"}[reached])
	}
}

// printGrowth prints how times grow with the graph.
func printGrowth(to io.Writer, all []*results) {
	first, last := all[0], all[len(all)-1]
	fmt.Fprintf(to, "\n## Growth\n\n| median | %s claims | %s claims | |\n|---|---|---|---|\n", number(first.claims), number(last.claims))
	line := func(name string, a, b time.Duration) {
		fmt.Fprintf(to, "| %s | %s | %s | %s |\n", name, short(a), short(b), factor(float64(b)/float64(a)))
	}
	line("the nested question, warm", first.nested[masarNew].warm.median(), last.nested[masarNew].warm.median())
	line("the nested question, cold", first.nested[masarNew].cold.median(), last.nested[masarNew].cold.median())
	for i, q := range first.rows {
		line(q.name, q.masars.median(), last.rows[i].masars.median())
	}
	line("start to ready", first.ready.median(), last.ready.median())
	fmt.Fprintf(to, "| memory of masar | %d MB | %d MB | %s |\n", first.memory["masar"]>>20, last.memory["masar"]>>20,
		factor(float64(last.memory["masar"])/float64(first.memory["masar"])))
}

// String writes the median and the time within which 99 of 100 were answered.
func (t times) String() string {
	if len(t) == 0 {
		return ""
	}
	return short(t.median()) + ", " + short(t.at(.99))
}

// ratio is the ratio of two medians.
func ratio(a, b times) float64 { return float64(a.median()) / float64(b.median()) }

func factor(x float64) string { return fmt.Sprintf("%.3g×", x) }

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1e3 }

// short writes a duration in milliseconds.
func short(d time.Duration) string { return fmt.Sprintf("%.3g ms", milliseconds(d)) }

func seconds(d time.Duration) string { return fmt.Sprintf("%.1f s", d.Seconds()) }

// number writes a number with separators.
func number(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s,%03d", number(n/1000), n%1000)
}

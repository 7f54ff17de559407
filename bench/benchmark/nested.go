//go:build linux

package main

import (
	"context"
	_ "embed"
	"fmt"
	"strings"

	"masar"
)

// The nested question, for each of those that answer it.
var (
	//go:embed questions/nested.graphql
	nestedGraphQL string
	//go:embed questions/nested.dql
	nestedDQL string
	//go:embed questions/nested-dgraph.graphql
	nestedDgraphGraphQL string
)

// nestedRow is the result of one contestant.
type nestedRow struct {
	name       string
	cold, warm times
	rate
}

// The contestants of the nested question, in the order of the table. Dgraph answers much faster if the order of a list, and
// so which 20 of more recommendations it has, does not matter. masar's lists always have an order.
const (
	masarNew = iota
	masarSame
	handDQL
	orderedDQL
	dgraphGraphQL
	orderedGraphQL
	gqlgenAlone
	bytesAlone
)

// contestants ask for the targets of the answers in turn, and check what they get.
func (g *sample) contestants(s *service, p *peer, v *values) []contestant {
	of := func(turn int) *masar.SdgTarget { return g.answers[turn%len(g.answers)].Target }
	code := func(turn int) map[string]any { return map[string]any{"code": of(turn).Code} }
	xid := func(turn int) map[string]string { return map[string]string{"$xid": of(turn).Ref().String()} }
	both := func(turn int) map[string]any {
		return map[string]any{"code": of(turn).Code, "xid": of(turn).Ref().String()}
	}
	all := make([]contestant, bytesAlone+1)
	ours := pids(s.dataDir, s.cmd.Process.Pid)
	dgraphs, lower := []int{p.zero.cmd.Process.Pid, p.alpha.cmd.Process.Pid}, []int{v.cmd.Process.Pid}
	servers := map[int][]int{
		masarNew: ours, masarSame: ours, handDQL: dgraphs, orderedDQL: dgraphs, dgraphGraphQL: dgraphs, orderedGraphQL: dgraphs,
		gqlgenAlone: lower, bytesAlone: lower,
	}
	add := func(at int, name string, ask asker, read func([]byte) (content, error)) {
		all[at] = contestant{name, ask, func(turn int, answer []byte) error {
			got, err := read(answer)
			if err != nil {
				return err
			}
			if at == handDQL || at == dgraphGraphQL {
				return g.oracle.allows(of(turn), got)
			}
			return differs(g.answers[turn%len(g.answers)].content(), got)
		}, servers[at]}
	}
	add(masarNew, "masar", s.ask(nestedGraphQL, masar.English, code), fromMasar)
	add(masarSame, "masar, the same questions again", s.same(nestedGraphQL, masar.English, code), fromMasar)
	add(handDQL, "nested DQL by hand, in any order", p.dql(strings.ReplaceAll(nestedDQL, "orderasc: code, ", ""), xid), fromDQL)
	add(orderedDQL, "nested DQL by hand, ordered as by masar", p.dql(nestedDQL, xid), fromDQL)
	add(dgraphGraphQL, "Dgraph's `/graphql`, in any order", p.graphQL(strings.ReplaceAll(nestedDgraphGraphQL, "order: {asc: code}, ", ""), both), fromDgraphGraphQL)
	add(orderedGraphQL, "Dgraph's `/graphql`, ordered as by masar", p.graphQL(nestedDgraphGraphQL, both), fromDgraphGraphQL)
	add(gqlgenAlone, "gqlgen alone, values in memory", v.graphQL(nestedGraphQL, code), fromMasar)
	add(bytesAlone, "`net/http` alone, the same bytes", v.bytes(nestedGraphQL, len(g.answers), code), fromMasar)
	return all
}

// first makes the first pass over the targets after a start, and keeps masar's answers for net/http alone. Of the questions to
// the peer it asks one, because the first warms the peer for the others: DQL after every other start, /graphql after the rest.
func (g *sample) first(ctx context.Context, s *service, p *peer, v *values, start int, r *results) error {
	all := g.contestants(s, p, v)
	check := all[masarNew].check
	all[masarNew].check = func(turn int, answer []byte) error {
		number := turn % len(g.answers)
		r.smallest, r.largest = min(r.smallest, len(answer)), max(r.largest, len(answer))
		if err := v.keep(number, answer); err != nil {
			return err
		}
		return check(turn, answer)
	}
	cold := []int{masarNew, []int{handDQL, dgraphGraphQL}[start%2]}
	var some []contestant
	for _, i := range cold {
		some = append(some, all[i])
	}
	took, err := interleaved(ctx, some, start*len(g.answers), len(g.answers))
	if err != nil {
		return fmt.Errorf("the first pass: %w", err)
	}
	for k, i := range cold {
		r.nested[i].cold = append(r.nested[i].cold, took[k]...)
	}
	return nil
}

// warm asks everybody again, by one client and by several.
func (g *sample) warm(ctx context.Context, all []contestant, o options, r *results) error {
	progress("the nested question: one client")
	from, turns := o.starts*len(g.answers), o.rounds*len(g.answers)
	// One more pass, so that the connections are open and the same questions have been asked before.
	if _, err := interleaved(ctx, all, from, len(g.answers)); err != nil {
		return err
	}
	from += len(g.answers)
	took, err := interleaved(ctx, all, from, turns)
	if err != nil {
		return err
	}
	progress("the nested question: %d clients", clients)
	measured, err := rates(ctx, all, from+turns, o.seconds)
	if err != nil {
		return err
	}
	for i := range all {
		r.nested[i].warm, r.nested[i].rate = took[i], measured[i]
	}
	return nil
}

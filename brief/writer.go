package brief

import (
	"slices"

	"masar"
	"masar/words"
)

// writer writes a brief in one language.
type writer struct {
	language masar.Language
	sources  *sources
	request  Request
}

// say is a message as a paragraph. A slot takes a localized text, a paragraph, or a value that words can write.
func (w writer) say(key string, pairs ...any) Paragraph {
	args, runs := masar.Args{}, map[string]Paragraph{}
	for i := 0; i+1 < len(pairs); i += 2 {
		name := pairs[i].(string)
		switch v := pairs[i+1].(type) {
		case localized:
			args[name], runs[name] = v.Value, w.plain(v)
		case Paragraph:
			args[name], runs[name] = "", v
		default:
			args[name] = v
		}
	}
	var p Paragraph
	for _, piece := range words.Pieces(w.language, key, args) {
		if of, ok := runs[piece.Slot]; ok && piece.Slot != "" {
			p = append(p, of...)
			continue
		}
		p = append(p, Run{Text: piece.Text})
	}
	return merged(p)
}

// phrase is a message without localized texts as a paragraph.
func (w writer) phrase(p masar.Phrase) Paragraph { return text(w.word(p.Key, p.Args)) }

// word is a message as text.
func (w writer) word(key string, args masar.Args) string { return words.Say(w.language, key, args) }

// plain is a localized text as a run, marked if it is in the other language.
func (w writer) plain(t localized) Paragraph {
	run := Run{Text: t.Value}
	if t.Lang != w.language {
		run.Language = t.Lang
	}
	return Paragraph{run}
}

// strong is a paragraph whose texts are strong.
func strong(p Paragraph) Paragraph {
	p = slices.Clone(p)
	for i := range p {
		p[i].Strong = p[i].Text != ""
	}
	return p
}

// text is a paragraph of one text.
func text(s string) Paragraph { return Paragraph{{Text: s}} }

// spaced joins the parts that are not empty with spaces.
func spaced(parts ...Paragraph) Paragraph { return joined(" ", parts...) }

// joined joins the parts that are not empty.
func joined(between string, parts ...Paragraph) Paragraph {
	var p Paragraph
	for _, part := range parts {
		if len(part) == 0 {
			continue
		}
		if len(p) > 0 {
			p = append(p, Run{Text: between})
		}
		p = append(p, part...)
	}
	return merged(p)
}

// merged is a paragraph whose neighbouring runs of the same kind are one run, without empty ones.
func merged(p Paragraph) Paragraph {
	var out Paragraph
	for _, r := range p {
		if r.Text == "" && len(r.Cites) == 0 {
			continue
		}
		if n := len(out); n > 0 && continues(out[n-1], r) {
			out[n-1].Text += r.Text
			continue
		}
		out = append(out, r)
	}
	return out
}

func continues(a, b Run) bool {
	return a.Text != "" && b.Text != "" && a.Claim == "" && b.Claim == "" && a.Language == b.Language && a.Strong == b.Strong && a.Address == b.Address
}

// rating is what a reader sees of the support of a claim. An effect has its certainty and its basis; a fact is documented or
// inferred. Disagreement is never left out.
func (w writer) rating(c rated, s *rating) Paragraph {
	p := Paragraph{{Text: words.Value(w.language, c.Basis), Claim: c.ID, Strong: true}}
	if s == nil {
		return p
	}
	switch {
	case s.Certainty != nil:
		p[0].Text = words.Value(w.language, *s.Certainty)
		p = append(p, Run{Text: dot + words.Value(w.language, c.Basis)})
	case s.Documentation != nil:
		p[0].Text = words.Value(w.language, *s.Documentation)
	}
	if s.Status != masar.Supported {
		p = append(p, Run{Text: dot}, Run{Text: words.Value(w.language, s.Status), Strong: true})
	}
	return p
}

// highest says how certain the best of the effects among claims is; nothing without effects.
func (w writer) highest(claims []rated) Paragraph {
	var found []masar.Certainty
	for _, c := range claims {
		if c.Support != nil && c.Support.Certainty != nil {
			found = append(found, *c.Support.Certainty)
		}
	}
	best := masar.Highest(found)
	if best == "" {
		return nil
	}
	return w.say("brief.highest." + string(best))
}

// dot separates short texts in both directions.
const dot = " · "

// rated is the rating of a claim and its sources, after what the claim says.
func (w writer) rated(c sourced) Paragraph { return w.ratedBy(c, c.Support) }

// ratedBy is the rating by the support that a list counts: a claim about a goal counts less in the list of a target.
func (w writer) ratedBy(c sourced, s *rating) Paragraph {
	return spaced(joined("", text("("), w.rating(c.rated, s), text(")")), w.cites(c))
}

// cites are the numbers of the sources of a claim, those against it by themselves.
func (w writer) cites(c sourced) Paragraph {
	var supporting, refuting []int
	if c.Sources == nil {
		return nil
	}
	for _, e := range c.Sources.Nodes {
		if e.Passage == nil {
			continue
		}
		n := w.sources.passage(w, c.ID, e)
		switch {
		case e.Stance == masar.Refutes && !slices.Contains(refuting, n):
			refuting = append(refuting, n)
		case e.Stance != masar.Refutes && !slices.Contains(supporting, n):
			supporting = append(supporting, n)
		}
	}
	return spaced(cite(supporting), w.against(refuting))
}

func cite(numbers []int) Paragraph {
	if len(numbers) == 0 {
		return nil
	}
	return Paragraph{{Cites: numbers}}
}

func (w writer) against(numbers []int) Paragraph {
	if len(numbers) == 0 {
		return nil
	}
	return spaced(w.say("brief.against"), cite(numbers))
}

// reason says why a claim was inferred; nothing for a stated one.
func (w writer) reason(rationale *localized) Paragraph {
	if rationale == nil {
		return nil
	}
	return w.say("brief.reason", "reason", *rationale)
}

// name is a short name of an entity as text.
func (w writer) name(h heading) string {
	if h.Kind == masar.KindSdgGoal || h.Kind == masar.KindSdgTarget {
		return w.word("brief.name", masar.Args{"thing": h.ref()})
	}
	return h.Title.Value
}

// called is the short name of an entity, marked if it is in the other language.
func (w writer) called(h heading) Paragraph {
	if name := w.name(h); name != h.Title.Value {
		return text(name)
	}
	return w.plain(h.Title)
}

// ends is an interval without a sentence around it.
func (w writer) ends(i interval) string {
	low, high := words.Hundredths(i.Low), words.Hundredths(i.High)
	if low == high {
		return low
	}
	return w.word("page.interval.short", masar.Args{"low": low, "high": high})
}

// paragraph is a block of one paragraph.
func paragraph(p Paragraph) Block { return Block{Paragraph: p} }

// list is a block of a list; none without items.
func list(items []Paragraph) []Block {
	if len(items) == 0 {
		return nil
	}
	return []Block{{List: items}}
}

// filled are the sections that have blocks.
func filled(all ...Section) []Section {
	return slices.DeleteFunc(all, func(s Section) bool { return len(s.Blocks) == 0 })
}

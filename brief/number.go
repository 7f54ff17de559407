package brief

import "slices"

// number numbers the sources by their first citation in the first text, and drops those that no text cites.
func (b *Brief) number(all []Source) {
	numbers := map[int]int{}
	b.Sources = []Source{}
	for _, t := range b.Texts {
		for r := range t.runs() {
			for _, n := range r.Cites {
				if numbers[n] == 0 {
					numbers[n] = len(numbers) + 1
					source := all[n-1]
					source.Number = numbers[n]
					b.Sources = append(b.Sources, source)
				}
			}
		}
	}
	for _, t := range b.Texts {
		for r := range t.runs() {
			r.renumber(numbers)
		}
	}
}

// renumber gives the citations of a run their new numbers, in a slice of its own.
func (r *Run) renumber(numbers map[int]int) {
	if len(r.Cites) == 0 {
		return
	}
	cites := make([]int, len(r.Cites))
	for i, n := range r.Cites {
		cites[i] = numbers[n]
	}
	slices.Sort(cites)
	r.Cites = cites
}

// runs yields the runs of a text in reading order.
func (t Text) runs() func(yield func(*Run) bool) {
	return func(yield func(*Run) bool) {
		for _, p := range t.paragraphs() {
			for i := range p {
				if !yield(&p[i]) {
					return
				}
			}
		}
	}
}

// paragraphs are the paragraphs, items and cells of a text in reading order.
func (t Text) paragraphs() []Paragraph {
	var all []Paragraph
	for _, s := range slices.Concat(t.Sections, t.Annex) {
		for _, block := range s.Blocks {
			all = append(all, block.paragraphs()...)
		}
	}
	return append(all, t.Footer...)
}

func (b Block) paragraphs() []Paragraph {
	all := slices.Clone(b.List)
	if b.Paragraph != nil {
		all = append(all, b.Paragraph)
	}
	if b.Table != nil {
		all = append(all, slices.Concat(b.Table.Rows...)...)
	}
	return all
}

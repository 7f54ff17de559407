package ingest

import "masar"

// Quotes counts the passages of evidence and observations by the status of their quotations.
func Quotes(contents *masar.Contents) map[masar.QuoteStatus]int {
	texts := map[masar.Ref][]*masar.SourceText{}
	for _, t := range contents.Texts {
		if !t.Removed() {
			texts[t.Document] = append(texts[t.Document], t)
		}
	}
	byStatus := map[masar.QuoteStatus]int{}
	known := map[masar.Passage]masar.QuoteStatus{}
	look := func(p masar.Passage) {
		if p.IsZero() {
			return
		}
		status, ok := known[p]
		if !ok {
			status = masar.QuoteSourceNotImported
			for _, t := range texts[p.Source] {
				if _, status = p.Quote(t); status == masar.QuoteVerified {
					break
				}
			}
			known[p] = status
		}
		byStatus[status]++
	}
	for _, e := range contents.Evidence {
		look(e.Passage)
	}
	for _, o := range contents.Observations {
		look(o.Passage)
	}
	return byStatus
}

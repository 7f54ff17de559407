package mcp

import (
	"strings"

	"masar"
	"masar/words"
)

// writer writes an answer as short text in one language. Texts of documents stand in quotation marks.
type writer struct {
	strings.Builder
	language masar.Language
}

// line writes a message as a line.
func (w *writer) line(key string, args masar.Args) {
	w.WriteString(words.Say(w.language, key, args))
	w.WriteByte('\n')
}

// under writes a message as a line that belongs to the line before.
func (w *writer) under(key string, args masar.Args) {
	w.WriteString("   ")
	w.line(key, args)
}

// title is the title of an entity in the language of the answer.
func (w *writer) title(t thing) string { return t.Title.in(w.language) }

// thing writes an entity: its title, what it is, its code and address.
func (w *writer) thing(t thing) {
	w.line("assistants.text.thing", masar.Args{"title": w.title(t), "kind": t.Kind, "code": t.Ref(), "url": t.URL})
}

// Ref is the reference of the entity, which messages write in the form of their language.
func (t thing) Ref() masar.Ref { return masar.Ref{Kind: t.Kind, Code: t.Code} }

// claim writes a claim: the sentence, its basis and its rating.
func (w *writer) claim(c claim) {
	w.line("assistants.text.claim", masar.Args{"sentence": prose(c.Sentence), "basis": prose(c.BasisSentence)})
	w.under("assistants.text.rating", masar.Args{"rating": c.Support.rating(), "net": c.Support.Net, "explanation": prose(c.Support.Explanation), "url": c.URL})
}

// rating is the certainty of an effect, or the documentation of a fact.
func (s support) rating() any {
	if s.Certainty != "" {
		return s.Certainty
	}
	return s.Documentation
}

// quote writes a quotation with its document and place.
func (w *writer) quote(q *quote) {
	if q == nil {
		return
	}
	key := "assistants.text.quote.en"
	if q.Lang == "ar" {
		key = "assistants.text.quote.ar"
	}
	w.under(key, masar.Args{"text": onOneLine(q.Text), "document": w.title(q.Document), "locator": q.Locator, "url": q.Document.URL})
}

// prose is a text in the language of the answer, which is inserted as it is: it has the directional marks that it needs.
func prose(s string) masar.Message {
	s = onOneLine(s)
	return masar.Message{AR: s, EN: s}
}

// onOneLine is a text without line breaks, so that no line of a document looks like one of the answer.
func onOneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// foot writes what every answer names, and how it goes on.
func (w *writer) foot(a *answer) {
	w.line("assistants.text.foot", masar.Args{"snapshot": a.Snapshot, "at": a.SnapshotAt, "asOf": a.AsOf})
	if a.Truncated {
		w.line("assistants.text.truncated", masar.Args{"narrow": prose(a.Narrow)})
	}
	if a.NextCursor != "" {
		w.line("assistants.text.next", masar.Args{"cursor": a.NextCursor})
	}
}

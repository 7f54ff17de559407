package brief

import (
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"masar"
	"masar/internal/documents"
	"masar/words"
)

//go:embed operations/*.graphql
var operationFiles embed.FS

// operations are the operations of the briefs by the names of their files.
var operations = sync.OnceValue(func() map[string]string { return documents.Read(operationFiles, "operations") })

// Ask runs an operation and returns its data. An answer with errors is an error: a brief is made of whole answers.
type Ask func(ctx context.Context, document string, variables map[string]any) (json.RawMessage, error)

// Make makes a brief. Errors: those of ask; NOT_FOUND if the subject of the brief is not in the graph.
func Make(ctx context.Context, ask Ask, r Request) (Brief, error) {
	// Each language is asked for by itself. A write between two of the answers would mix two snapshots.
	for range maxAttempts {
		b, err := attempt(ctx, ask, r)
		if !errors.Is(err, errChanged) {
			return b, err
		}
	}
	return Brief{}, masar.NewError(masar.CodeConflict, "error.brief.changed", nil)
}

const maxAttempts = 3

// errChanged reports that the graph has changed between the answers for two languages.
var errChanged = errors.New("the graph has changed")

func attempt(ctx context.Context, ask Ask, r Request) (Brief, error) {
	b := Brief{}
	cited := newSources(r)
	for _, l := range r.Languages {
		w := writer{language: l, sources: cited, request: r}
		subject := kinds[r.Kind].answer()
		if err := subject.ask(ctx, ask, w); err != nil {
			return b, err
		}
		if !subject.exists() {
			return b, r.unknown()
		}
		frame := subject.frame()
		if b.Snapshot != "" && b.Snapshot != frame.Snapshot {
			return b, errChanged
		}
		b.Snapshot, b.AsOf, b.Profile = frame.Snapshot, frame.AsOf(), frame.Profile()
		subject.identify(w, &b)
		b.Texts = append(b.Texts, w.text(subject, &b))
	}
	b.number(cited.list())
	b.Permalink = r.permalink(b.Texts[0].Language, &b)
	return b, nil
}

// answer is the answer to the operation of a kind of brief, in one language.
type answer interface {
	// ask runs the operation.
	ask(context.Context, Ask, writer) error
	// exists reports whether the subject of the brief is in the graph.
	exists() bool
	frame() *foot
	// identify sets what the brief is about, with the codes of the graph.
	identify(writer, *Brief)
	title(writer) string
	// sections are the parts of the text, the first without a heading.
	sections(writer) []Section
}

// kind is how a kind of brief is made.
type kind struct {
	answer func() answer
	// of is the kind of its subject; empty for a path.
	of masar.Kind
}

var kinds = map[Kind]kind{
	OfTarget:         {func() answer { return new(targetAnswer) }, masar.KindSdgTarget},
	OfCountry:        {func() answer { return new(countryAnswer) }, masar.KindCountry},
	OfRecommendation: {func() answer { return new(recommendationAnswer) }, masar.KindRecommendation},
	OfPath:           {func() answer { return new(pathAnswer) }, ""},
}

// run runs an operation in the language of the writer and reads its data.
func (w writer) run(ctx context.Context, ask Ask, operation string, variables map[string]any, into any) error {
	variables["lang"] = []masar.Language{w.language, w.language.Other()}
	data, err := ask(ctx, operations()[operation], variables)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, into); err != nil {
		return fmt.Errorf("the answer to the operation %s: %w", operation, err)
	}
	return nil
}

// SubjectKind is the kind of the entity that a kind of brief is about; empty for a path.
func (k Kind) SubjectKind() masar.Kind { return kinds[k].of }

// unknown is the error of a brief whose subject is not in the graph.
func (r Request) unknown() error {
	if r.Kind == OfPath {
		return masar.NewError(masar.CodeNotFound, "error.brief.unknown", masar.Args{"kind": r.From.Kind, "code": words.Shortened(r.From.Code)})
	}
	return masar.NewError(masar.CodeNotFound, "error.brief.unknown", masar.Args{"kind": kinds[r.Kind].of, "code": words.Shortened(r.Code)})
}

// text is the brief in the language of the writer.
func (w writer) text(of answer, b *Brief) Text {
	return Text{
		Language: w.language,
		Title:    of.title(w),
		Date:     w.date(b.AsOf),
		Sections: of.sections(w),
		Annex:    w.annex(),
		Footer:   w.footer(b),
	}
}

// date is a date in words.
func (w writer) date(day string) string {
	return words.Date(masar.Date{EDTF: day}, []masar.Language{w.language}).Value
}

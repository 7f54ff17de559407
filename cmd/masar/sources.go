package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"masar"
	"masar/dgraph"
	"masar/ingest"
)

func (a *app) sourcesCommand() *cobra.Command {
	return group(&cobra.Command{Use: "sources", Short: "The texts of documents, by which quotes are shown and checked"},
		a.sourcesAddCommand(), a.sourcesListCommand())
}

func (a *app) sourcesAddCommand() *cobra.Command {
	var code string
	var form output
	c := &cobra.Command{
		Use:   "add FILE...",
		Short: "Bring the texts of documents into the graph, so that quotes are shown",
		Long: `Bring the texts of documents into the graph, so that quotes are shown.

A file is the text of one document, in UTF-8. It is known by its SHA-256, and from
then on the words at every pointer into it are shown, where they have the hash of
those that were pointed at. A text that has been changed is another version: say
with --document of which document it is; its words are shown for no quote.

A service that runs on the same data directory shows the quotes at once. Adding
the same text again changes nothing.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, files []string) error {
			if code != "" && len(files) > 1 {
				return usageError{errors.New("--document says of which document one file is; give one file with it")}
			}
			texts, err := readTexts(files)
			if err != nil {
				return err
			}
			store, closeAll, err := a.connect(cmd.Context())
			if err != nil {
				return badAddress(err)
			}
			defer closeAll()
			added, err := a.addSources(cmd.Context(), store, files, texts, code)
			if err != nil {
				return err
			}
			return a.tellAdded(added, form)
		},
	}
	c.Flags().StringVar(&code, "document", "", "the code of the document of which the text is another version")
	form.flag(c, "table", "json")
	a.graphFlags(c)
	return c
}

// readTexts reads files as texts. The error has the faults of all of them.
func readTexts(files []string) ([]*masar.SourceText, error) {
	var texts []*masar.SourceText
	var faults []error
	for _, name := range files {
		text, err := readText(name)
		texts, faults = append(texts, text), append(faults, err)
	}
	return texts, together(faults)
}

// several are errors that are told together.
type several []error

// together makes one error of those that are some; nil where there are none.
func together(faults []error) error {
	faults = slices.DeleteFunc(faults, func(err error) bool { return err == nil })
	switch len(faults) {
	case 0:
		return nil
	case 1:
		return faults[0]
	}
	return several(faults)
}

// Error has a line for each error.
func (s several) Error() string {
	lines := make([]string, len(s))
	for i, err := range s {
		lines[i] = explained(err)
	}
	return strings.Join(lines, "\n")
}

// Is reports whether all of them are the error.
func (s several) Is(target error) bool {
	return !slices.ContainsFunc(s, func(err error) bool { return !errors.Is(err, target) })
}

func readText(name string) (*masar.SourceText, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	raw, err := io.ReadAll(io.LimitReader(file, ingest.MaxBytes+1))
	if err != nil {
		return nil, err
	}
	return ingest.Text(name, raw)
}

// added is the result of sources add.
type added struct {
	Texts     []addedText `json:"texts"`
	Created   int         `json:"created"`
	Updated   int         `json:"updated"`
	Unchanged int         `json:"unchanged"`
	Snapshot  int64       `json:"snapshot"`
}

// addedText is a text as it is in the graph now.
type addedText struct {
	File     string `json:"file"`
	Document string `json:"document"`
	Version  string `json:"version"`
	Length   int    `json:"length"`
	// Known says that the document has this version; else its words are shown for no quote.
	Known bool `json:"known"`
	// Passages is the number of passages that point into the document, and Verified the number of those whose words
	// stand in this text as they were pointed at.
	Passages int `json:"passages"`
	Verified int `json:"verified"`
}

// addSources writes texts into the graph, all of them or none.
func (a *app) addSources(ctx context.Context, store *dgraph.Store, files []string, texts []*masar.SourceText, code string) (result added, err error) {
	var have *library
	err = a.step("reading what the graph has of sources", func() error {
		have, err = readLibrary(ctx, store)
		return err
	})
	if err != nil {
		return result, err
	}
	var faults []error
	for i, text := range texts {
		faults = append(faults, have.assign(files[i], text, code))
	}
	if err := together(faults); err != nil {
		return result, err
	}
	// Two files of the same bytes are one text.
	batch := &masar.Batch{Texts: slices.CompactFunc(
		slices.SortedFunc(slices.Values(texts), func(x, y *masar.SourceText) int { return cmp.Compare(x.SHA256, y.SHA256) }),
		func(x, y *masar.SourceText) bool { return x.SHA256 == y.SHA256 })}
	var changes dgraph.Changes
	err = a.step("writing the texts", func() error {
		changes, err = store.Save(ctx, batch, func(*masar.Claim) bool { return false }) // there are no claims
		return err
	})
	if err != nil {
		return result, err
	}
	result = added{Created: changes.Created, Updated: changes.Updated, Unchanged: changes.Unchanged, Snapshot: changes.Snapshot}
	for i, text := range texts {
		_, known := ingest.Recognise(text, have.documents)
		passages, verified := have.passages[text.Document], 0
		for _, p := range passages {
			if _, status := p.Quote(text); status == masar.QuoteVerified {
				verified++
			}
		}
		result.Texts = append(result.Texts, addedText{files[i], text.Document.Code, text.SHA256, text.Length, known, len(passages), verified})
	}
	return result, nil
}

func (a *app) tellAdded(result added, form output) error {
	if form.form == "json" {
		if err := a.json(result); err != nil {
			return err
		}
	} else {
		w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
		for _, t := range result.Texts {
			fmt.Fprintf(w, "%s\t%s\t%s\t%d of %d VERIFIED\n", t.File, t.Document, t.Version, t.Verified, t.Passages)
		}
		if err := w.Flush(); err != nil {
			return err
		}
		if _, err := fmt.Fprintf(a.out, "created %d, updated %d, unchanged %d; snapshot %d\n", result.Created, result.Updated, result.Unchanged, result.Snapshot); err != nil {
			return err
		}
	}
	wrong := false
	for _, t := range result.Texts {
		switch {
		case !t.Known:
			if !a.quiet {
				fmt.Fprintf(a.talk, "%s is another version of %s: its words are shown for no quote\n", t.File, t.Document)
			}
		case t.Verified < t.Passages:
			wrong = true
			fmt.Fprintf(a.talk, "masar: %s: the words of %s are not those that were pointed at\n", t.File, count(t.Passages-t.Verified, "passage"))
		}
	}
	if wrong {
		return errFindings
	}
	return nil
}

// listedText is a version of a document, or an imported text of one.
type listedText struct {
	Document string `json:"document"`
	Version  string `json:"version"`
	Length   int    `json:"length"`
	Imported bool   `json:"imported"`
	// Passages is the number of passages that count in the version.
	Passages int `json:"passages"`
}

func (a *app) sourcesListCommand() *cobra.Command {
	var form output
	c := &cobra.Command{
		Use:   "list",
		Short: "List the versions of documents, and which of their texts are in the graph",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			store, closeAll, err := a.connect(cmd.Context())
			if err != nil {
				return badAddress(err)
			}
			defer closeAll()
			var have *library
			err = a.step("reading what the graph has of sources", func() error {
				have, err = readLibrary(cmd.Context(), store)
				return err
			})
			if err != nil {
				return err
			}
			return a.tellListed(have.list(), form)
		},
	}
	form.flag(c, "table", "json")
	a.graphFlags(c)
	return c
}

func (a *app) tellListed(texts []listedText, form output) error {
	if form.form == "json" {
		return a.json(texts)
	}
	w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "DOCUMENT\tVERSION\tLENGTH\tIMPORTED\tPASSAGES")
	for _, t := range texts {
		imported := "no"
		if t.Imported {
			imported = "yes"
		}
		fmt.Fprintf(w, "%s\t%s\t%d\t%s\t%d\n", t.Document, t.Version, t.Length, imported, t.Passages)
	}
	return w.Flush()
}

// library is what the graph has of sources.
type library struct {
	documents []*masar.Document
	// imported are the texts that are there, with their documents.
	imported []importedText
	// passages are those that point into each document, each once.
	passages map[masar.Ref][]masar.Passage
}

// importedText is a text that is in the graph.
type importedText struct {
	document masar.Ref
	version  masar.DocumentVersion
}

// contentsAtOnce is the number of records read at a time.
const contentsAtOnce = 2000

// readLibrary reads what the graph has of sources. Where it has no documents at all the error says so.
func readLibrary(ctx context.Context, store *dgraph.Store) (*library, error) {
	shape, err := store.Shape(ctx)
	if err != nil {
		return nil, err
	}
	l := &library{passages: map[masar.Ref][]masar.Passage{}}
	refs := map[uint64]masar.Ref{}
	var documents, evidence, observations []uint64
	for _, e := range shape.Entities {
		if e.Ref.Kind == masar.KindDocument {
			refs[e.UID] = e.Ref
			documents = append(documents, e.UID)
		}
	}
	if len(documents) == 0 {
		return nil, errors.New("the graph has no documents yet: fill it by masar serve or masar seed load first")
	}
	for _, t := range shape.Texts {
		l.imported = append(l.imported, importedText{refs[t.Document], masar.DocumentVersion{SHA256: t.SHA256, Length: t.Length}})
	}
	if err := eachContent(ctx, store, masar.Sort(masar.KindDocument), documents, func(record any) {
		if d, ok := record.(*masar.Document); ok {
			l.documents = append(l.documents, d)
		}
	}); err != nil {
		return nil, err
	}
	slices.SortFunc(l.documents, func(x, y *masar.Document) int { return x.Ref().Compare(y.Ref()) })

	seen := map[masar.Passage]bool{}
	take := func(p masar.Passage) {
		if !p.IsZero() && !seen[p] {
			seen[p] = true
			l.passages[p.Source] = append(l.passages[p.Source], p)
		}
	}
	for _, e := range shape.Evidence {
		evidence = append(evidence, e.UID)
	}
	for _, o := range shape.Observations {
		observations = append(observations, o.UID)
	}
	if err := eachContent(ctx, store, masar.SortEvidence, evidence, func(record any) {
		if e, ok := record.(*masar.Evidence); ok {
			take(e.Passage)
		}
	}); err != nil {
		return nil, err
	}
	err = eachContent(ctx, store, masar.SortObservation, observations, func(record any) {
		if o, ok := record.(*masar.Observation); ok {
			take(o.Passage)
		}
	})
	return l, err
}

// eachContent visits the records of a sort.
func eachContent(ctx context.Context, store *dgraph.Store, sort masar.Sort, uids []uint64, visit func(record any)) error {
	for some := range slices.Chunk(uids, contentsAtOnce) {
		found, err := store.Content(ctx, map[masar.Sort][]uint64{sort: some})
		if err != nil {
			return err
		}
		for _, record := range found {
			visit(record)
		}
	}
	return nil
}

// assign sets the document of a text: by its hash, by the code, or as it was when it was added before.
func (l *library) assign(name string, text *masar.SourceText, code string) error {
	if _, known := ingest.Recognise(text, l.documents); !known && code == "" {
		for _, t := range l.imported {
			if t.version.SHA256 == text.SHA256 && !t.document.IsZero() {
				code = t.document.Code
			}
		}
	}
	return ingest.Assign(name, text, l.documents, code)
}

// list lists the versions of documents and the imported texts, by document and version.
func (l *library) list() []listedText {
	out := []listedText{}
	listed := map[string]bool{}
	add := func(document masar.Ref, v masar.DocumentVersion) {
		if listed[v.SHA256] {
			return
		}
		listed[v.SHA256] = true
		t := listedText{Document: document.Code, Version: v.SHA256, Length: v.Length}
		t.Imported = slices.ContainsFunc(l.imported, func(i importedText) bool { return i.version.SHA256 == v.SHA256 })
		for _, p := range l.passages[document] {
			if p.Version == v.SHA256 {
				t.Passages++
			}
		}
		out = append(out, t)
	}
	for _, d := range l.documents {
		for _, v := range d.Versions {
			add(d.Ref(), v)
		}
	}
	for _, t := range l.imported {
		add(t.document, t.version)
	}
	slices.SortFunc(out, func(x, y listedText) int {
		return cmp.Or(masar.CompareCodes(x.Document, y.Document), cmp.Compare(x.Version, y.Version))
	})
	return out
}

// quotes counts the pointers of evidence and observations by what a reader is shown at them.
func quotes(contents *masar.Contents) map[masar.QuoteStatus]int {
	texts := map[masar.Ref][]*masar.SourceText{}
	for _, t := range contents.Texts {
		texts[t.Document] = append(texts[t.Document], t)
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

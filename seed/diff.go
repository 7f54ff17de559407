package seed

import (
	"context"
	"encoding/json"
	"path"
	"regexp"

	"masar"
	"masar/dgraph"
)

// Difference is a value that the graph has otherwise than the seed, or a record of the seed that it lacks.
type Difference struct {
	RecordName
	// File and Line are where the seed has the value, or what encloses it. Lines start at 1.
	File string
	Line int
	// Path is the path of the value in the record, such as "title.en"; empty for a record that the graph lacks.
	Path string
	// Graph and Seed are the values; null for a missing one.
	Graph, Seed json.RawMessage
	// By is the last author in the graph, if that is not the seed.
	By string

	at  linter
	key string // of the value in its file
}

// Lacking reports that the graph lacks the whole record.
func (d *Difference) Lacking() bool { return d.Path == "" }

// Diff returns where the graph differs from what the seed in the program says, in the order of the seed. The error has the codes
// of dgraph.Store.Everything.
func Diff(ctx context.Context, store *dgraph.Store) ([]Difference, error) {
	contents, err := store.Everything(ctx)
	if err != nil {
		return nil, err
	}
	return diff(Carried(), contents)
}

func diff(from Seed, contents *masar.Contents) ([]Difference, error) {
	r, faults := from.read()
	if len(faults) > 0 {
		return nil, faults
	}
	places := map[masar.RecordRef]placed{}
	for _, p := range r.records {
		places[p.record.Identity()] = p
	}
	held, names := byIdentity(&contents.Batch), masar.NewIndex(r.graph.Batch())
	var all []Difference
	for record := range r.graph.Batch().Records() {
		id := record.Identity()
		found, err := differences(held[id], record, places[id])
		if err != nil {
			return nil, err
		}
		for _, d := range found {
			d.RecordName = nameOf(record, names)
			if text, is := record.(*masar.SourceText); is {
				d.File, d.Line = from.shown(path.Join(folderTexts, text.Document.Code+".txt")), 1
			}
			if by := contents.Authors[id]; by != masar.SeedAuthor {
				d.By = by
			}
			all = append(all, d)
		}
	}
	return all, nil
}

// differences are those of one record of the seed. held is nil if the graph lacks it.
func differences(held, given masar.Record, at placed) ([]Difference, error) {
	lacking := Difference{}
	if at.at != nil {
		l := at.at("")
		lacking.File, lacking.Line = l.source.shown, l.spot.line
	}
	if text, is := held.(*masar.SourceText); held == nil || is && text.Removed() {
		return []Difference{lacking}, nil
	}
	fields, err := fieldChanges(held, given)
	if err != nil {
		return nil, err
	}
	var all []Difference
	for _, f := range fields {
		d := Difference{Path: f.Path, Graph: f.Before, Seed: f.After, File: lacking.File, Line: lacking.Line}
		if at.at != nil {
			d.at = at.at(seedPath(f.Path, given))
			d.File, d.Line, d.key = d.at.source.shown, d.at.spot.line, d.at.path
		}
		all = append(all, d)
	}
	return all, nil
}

// renamed are the keys of seed files, by the names of the API.
var renamed = map[string]string{
	"initiativeForm": "form", "organizationForm": "form", "recommendationForm": "form", "activityForm": "form", "outputForm": "form",
	"documentForm": "form", "country": "home", "publisher": "publishing", "activityStatus": "status", "outputStatus": "status",
	"attendance": "participants", "label": "of", "evidenceKind": "kind", "reviewState": "review", "textVersion": "version", "observed": "of",
}

var word = regexp.MustCompile(`[A-Za-z0-9]+`)

// seedPath is the path of a value in the seed, from its path in a record's line.
func seedPath(line string, record masar.Record) string {
	_, isDocument := record.(*masar.Document)
	return word.ReplaceAllStringFunc(line, func(key string) string {
		if to := renamed[key]; to != "" && !(isDocument && key == "evidenceKind") {
			return to
		}
		return key
	})
}

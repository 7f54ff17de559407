package seed

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"masar"
	"masar/dgraph"
)

// Comparison is what a load of a seed would change, and what the graph has beyond the seed.
type Comparison struct {
	// Changes are the records that the graph lacks or has with other values, in the order in which they are written.
	Changes []Change `json:"changes"`
	// Beyond are the records of the graph that the seed does not have, without removed texts.
	Beyond []Beyond `json:"beyond"`
	// Curated is the number of records that others have changed, and the seed has not since. A load keeps them.
	Curated int `json:"curated"`
	// Unchanged is the number of records that the graph has as in the seed.
	Unchanged int `json:"unchanged"`
	// Snapshot is the compared snapshot of the graph.
	Snapshot int64 `json:"snapshot"`
}

// Count is the number of records to which a load does something.
func (c *Comparison) Count(effect Effect) (n int) {
	for _, change := range c.Changes {
		if change.Effect == effect {
			n++
		}
	}
	return n
}

// Effect is what a load does to a record that differs.
type Effect string

// The effects. A record is kept if its last author is not the seed, and the seed has other content than before.
const (
	Create Effect = "CREATE"
	Update Effect = "UPDATE"
	Keep   Effect = "KEEP"
)

// RecordName identifies a record for programs and for people.
type RecordName struct {
	Kind masar.RecordType `json:"kind"`
	Code string           `json:"code"`
	// Name says what a record without a readable code is about; empty for entities.
	Name string `json:"name,omitempty"`
}

// String is the record's reference, with its name.
func (n RecordName) String() string {
	ref := masar.RecordRef{Type: n.Kind, Key: n.Code}.String()
	if n.Name != "" {
		return ref + " (" + n.Name + ")"
	}
	return ref
}

// Change is a record that a load would create, update or keep.
type Change struct {
	Effect Effect `json:"effect"`
	RecordName
	// By is the last author of a kept record.
	By string `json:"by,omitempty"`
	// Fields are the fields with other values; none for a new record, and for one whose search terms alone differ.
	Fields []FieldChange `json:"fields"`
}

// FieldChange is a field with the values in the graph and in the seed. A missing value is null.
type FieldChange struct {
	Path   string          `json:"path"`
	Before json.RawMessage `json:"before"`
	After  json.RawMessage `json:"after"`
}

// Beyond is a record of the graph that the seed does not have.
type Beyond struct {
	RecordName
	// By is the last author; empty if that is the seed, which then had the record earlier.
	By string `json:"by,omitempty"`
}

// Compare returns what Load would do, and what the graph has beyond the seed. It changes nothing. The error has the
// codes of dgraph.Store.Compare.
func Compare(ctx context.Context, store *dgraph.Store, g *Graph) (*Comparison, error) {
	batch := g.Batch()
	differences, err := store.Compare(ctx, batch)
	if err != nil {
		return nil, err
	}
	contents, err := store.Everything(ctx)
	if err != nil {
		return nil, err
	}
	given, held := byIdentity(batch), byIdentity(&contents.Batch)
	names := masar.NewIndex(&contents.Batch)
	for record := range batch.Records() {
		names.Add(record)
	}
	c := &Comparison{Changes: []Change{}, Beyond: []Beyond{}, Unchanged: len(given) - len(differences), Snapshot: contents.Snapshot}
	for _, d := range differences {
		if d.Curated {
			c.Curated++
			continue
		}
		change := Change{Effect: Update, RecordName: nameOf(given[d.Record], names), By: d.By, Fields: []FieldChange{}}
		switch {
		case d.Missing:
			change.Effect = Create
		case d.By != "":
			change.Effect = Keep
		}
		if before := held[d.Record]; before != nil && !d.Missing {
			if change.Fields, err = fieldChanges(before, given[d.Record]); err != nil {
				return nil, err
			}
		}
		c.Changes = append(c.Changes, change)
	}
	for record := range contents.Records() {
		if text, is := record.(*masar.SourceText); given[record.Identity()] != nil || is && text.Removed() {
			continue
		}
		by := contents.Authors[record.Identity()]
		if by == masar.SeedAuthor {
			by = ""
		}
		c.Beyond = append(c.Beyond, Beyond{nameOf(record, names), by})
	}
	return c, nil
}

// byIdentity finds the records of a batch by their references.
func byIdentity(b *masar.Batch) map[masar.RecordRef]masar.Record {
	found := map[masar.RecordRef]masar.Record{}
	for record := range b.Records() {
		found[record.Identity()] = record
	}
	return found
}

// nameOf names a record.
func nameOf(record masar.Record, lookup masar.Lookup) RecordName {
	id := record.Identity()
	n := RecordName{Kind: id.Type, Code: id.Key}
	switch r := record.(type) {
	case *masar.Claim:
		n.Name = claimName(r)
	case *masar.Evidence:
		n.Name = fmt.Sprintf("%s [%d, %d)", r.Passage.Source, r.Passage.Start, r.Passage.End)
		if about := lookup.Claim(r.ClaimKey); about != nil {
			n.Name += " for " + claimName(about)
		}
	case *masar.Observation:
		n.Name = fmt.Sprintf("%s %s %d", r.Of, r.Indicator, r.Year)
	case *masar.SourceText:
		n.Name = r.Document.String()
	}
	return n
}

func claimName(c *masar.Claim) string {
	return strings.TrimSpace(fmt.Sprintf("%s %s %s %s", c.Subject, c.Predicate, c.Object, c.Role))
}

// fieldChanges are the fields in which two versions of a record differ, by path.
func fieldChanges(before, after masar.Record) ([]FieldChange, error) {
	was, err := values(before)
	if err != nil {
		return nil, err
	}
	is, err := values(after)
	if err != nil {
		return nil, err
	}
	changes, all := []FieldChange{}, maps.Clone(was)
	maps.Copy(all, is)
	for _, path := range slices.Sorted(maps.Keys(all)) {
		if !bytes.Equal(was[path], is[path]) {
			changes = append(changes, FieldChange{path, was[path], is[path]})
		}
	}
	return changes, nil
}

// values are the values of a record in JSON by their paths, such as "title.en", without what the database counts and
// notes.
func values(record masar.Record) (map[string]json.RawMessage, error) {
	line, err := masar.Line(record)
	if err != nil {
		return nil, err
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(line, &fields); err != nil {
		return nil, err
	}
	delete(fields, "version")
	delete(fields, "authorship")
	found := map[string]json.RawMessage{}
	for name, value := range fields {
		flatten(name, value, found)
	}
	return found, nil
}

// flatten adds the values within a JSON value by their paths.
func flatten(path string, value json.RawMessage, found map[string]json.RawMessage) {
	var object map[string]json.RawMessage
	var list []json.RawMessage
	switch {
	case json.Unmarshal(value, &object) == nil:
		for name, part := range object {
			flatten(strings.TrimSuffix(path+"."+name, ".value"), part, found)
		}
	case json.Unmarshal(value, &list) == nil:
		for i, part := range list {
			flatten(fmt.Sprintf("%s[%d]", path, i), part, found)
		}
	default:
		found[path] = value
	}
}

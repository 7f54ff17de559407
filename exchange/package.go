package exchange

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"time"

	"masar"
	"masar/words"
)

// dataPackage describes all datasets by the Data Package standard (Frictionless), versions 1 and 2. English texts are
// in the fields of the standard, Arabic ones under translations, as its language recipe recommends.
type dataPackage struct {
	Schema  string `json:"$schema"`
	Profile string `json:"profile"`
	Name    string `json:"name"`
	described
	Languages []string `json:"languages"`
	// Snapshot and AsOf identify the state of the graph in the files until a newer snapshot exists.
	Snapshot  string     `json:"snapshot"`
	AsOf      string     `json:"asOf"`
	Licenses  []license  `json:"licenses"`
	Sources   []credit   `json:"sources"`
	Resources []resource `json:"resources"`
}

// described has a title and a description in both languages.
type described struct {
	Title        string                 `json:"title,omitempty"`
	Description  string                 `json:"description,omitempty"`
	Translations map[string]translation `json:"translations,omitempty"`
}

type translation struct {
	Title       string `json:"title,omitempty"`
	Description string `json:"description,omitempty"`
}

func describe(titles, descriptions masar.LocalizedText) described {
	return described{titles.EN.Value, descriptions.EN.Value, map[string]translation{"ar": {titles.AR.Value, descriptions.AR.Value}}}
}

type license struct {
	Name  string `json:"name"`
	Path  string `json:"path"`
	Title string `json:"title"`
}

// credit names a source with its publisher. The description states the publisher's terms.
type credit struct {
	described
	Path      string `json:"path,omitempty"`
	Code      string `json:"code"`
	Publisher string `json:"publisher,omitempty"`
}

type resource struct {
	Name    string `json:"name"`
	Type    string `json:"type"`
	Profile string `json:"profile"`
	Path    string `json:"path"`
	described
	Format    string      `json:"format"`
	MediaType string      `json:"mediatype"`
	Encoding  string      `json:"encoding"`
	Bytes     int64       `json:"bytes"`
	Hash      string      `json:"hash"`
	Dialect   dialect     `json:"dialect"`
	Schema    tableSchema `json:"schema"`
}

type dialect struct {
	Delimiter      string `json:"delimiter"`
	LineTerminator string `json:"lineTerminator"`
	QuoteChar      string `json:"quoteChar"`
	DoubleQuote    bool   `json:"doubleQuote"`
	Header         bool   `json:"header"`
}

type tableSchema struct {
	Fields        []field      `json:"fields"`
	PrimaryKey    []string     `json:"primaryKey,omitempty"`
	ForeignKeys   []foreignKey `json:"foreignKeys,omitempty"`
	MissingValues []string     `json:"missingValues"`
}

// foreignKey says that every value of a field is in a field of another resource.
type foreignKey struct {
	Fields    []string     `json:"fields"`
	Reference keyReference `json:"reference"`
}

type keyReference struct {
	Resource string   `json:"resource"`
	Fields   []string `json:"fields"`
}

type field struct {
	Name string `json:"name"`
	Type Type   `json:"type"`
	described
	Unit        *unit        `json:"unit,omitempty"`
	Constraints *constraints `json:"constraints,omitempty"`
}

type unit struct {
	EN string `json:"en"`
	AR string `json:"ar"`
}

type constraints struct {
	Required bool     `json:"required,omitempty"`
	Enum     []string `json:"enum,omitempty"`
}

// WritePackage writes the description of the datasets of a source as JSON, with the size and the hash of each file. It
// describes those datasets that have rows without a parameter.
func WritePackage(ctx context.Context, w io.Writer, from Source) error {
	documents, err := from.Documents(nil)
	if err != nil {
		return err
	}
	read, err := documents.Read(ctx, 0, documents.Total)
	if err != nil {
		return err
	}
	p := dataPackage{
		Schema: "https://datapackage.org/profiles/2.0/datapackage.json", Profile: "tabular-data-package", Name: "masar",
		described: describe(words.Localized("dataset.package.title", nil), words.Localized("dataset.package.description", nil)),
		Languages: []string{"en", "ar"}, Snapshot: from.Snapshot(), AsOf: from.AsOf().Format(time.DateOnly),
		Licenses: []license{{"Apache-2.0", "https://www.apache.org/licenses/LICENSE-2.0", "Apache License 2.0"}},
	}
	for _, d := range read {
		p.Sources = append(p.Sources, creditOf(d))
	}
	for _, d := range Datasets {
		if len(d.Requires) > 0 {
			continue
		}
		r := resourceOf(d)
		if err := r.measure(ctx, d, from); err != nil {
			return err
		}
		p.Resources = append(p.Resources, r)
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(p)
}

func creditOf(d Document) credit {
	c := credit{described: describe(d.Titles, d.Summaries), Path: d.URL, Code: d.Code}
	if d.Publisher != nil {
		c.Publisher = in(masar.English, d.Publisher.Titles)
	}
	return c
}

func resourceOf(d *Dataset) resource {
	return resource{
		Name: d.Name, Type: "table", Profile: "tabular-data-resource", Path: d.Name + ".csv", described: describe(d.Titles(), d.Descriptions()),
		Format: "csv", MediaType: "text/csv", Encoding: "utf-8", Dialect: dialect{",", "\r\n", `"`, true, true},
		Schema: d.schema(),
	}
}

// measure sets the size and the hash of the file of a dataset.
func (r *resource) measure(ctx context.Context, d *Dataset, from Source) error {
	table, err := d.Open(ctx, from, Query{})
	if err != nil {
		return err
	}
	sum := sha256.New()
	size := &counter{w: sum}
	if err := csvFormat.Write(ctx, size, d, table, 0, table.Total, Options{}); err != nil {
		return err
	}
	r.Bytes, r.Hash = size.bytes, "sha256:"+hex.EncodeToString(sum.Sum(nil))
	return nil
}

// counter counts the bytes that are written.
type counter struct {
	w     io.Writer
	bytes int64
}

// Write writes bytes and counts them.
func (c *counter) Write(p []byte) (int, error) {
	c.bytes += int64(len(p))
	return c.w.Write(p)
}

// Schema describes the columns of the dataset as a table schema of the Data Package standard.
func (d *Dataset) Schema() any { return d.schema() }

func (d *Dataset) schema() tableSchema {
	s := tableSchema{PrimaryKey: d.Key, MissingValues: []string{""}}
	for _, c := range d.Columns {
		f := field{Name: c.Name, Type: c.Type, described: describe(c.Titles(), c.Descriptions())}
		if !c.Units().IsZero() {
			f.Unit = &unit{c.Units().EN.Value, c.Units().AR.Value}
		}
		if c.Required || c.Values != nil {
			f.Constraints = &constraints{c.Required, c.Values}
		}
		s.Fields = append(s.Fields, f)
		if to := c.References; to != (Reference{}) && to.Dataset != d.Name {
			s.ForeignKeys = append(s.ForeignKeys, foreignKey{[]string{c.Name}, keyReference{to.Dataset, []string{to.Column}}})
		}
	}
	return s
}

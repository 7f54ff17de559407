package server

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"io"

	"masar/exchange"
)

// rowsPackage is a request for the data package that describes all datasets.
type rowsPackage struct {
	build string
	cache *packageCache
}

// of returns the answer for a source.
func (p rowsPackage) of(_ context.Context, source exchange.Source) (reply, error) {
	a := aboutRows("datapackage.json", p.build, source, nil)
	a.write = func(ctx context.Context, w io.Writer) error { return p.cache.write(ctx, w, source, a.tag) }
	return a, nil
}

// packageCache holds the newest data package, because its sizes and hashes are those of whole files.
type packageCache struct {
	turn chan struct{} // holds a value while nobody uses the cache
	tag  string
	text []byte
}

func newPackageCache() *packageCache {
	c := &packageCache{turn: make(chan struct{}, 1)}
	c.turn <- struct{}{}
	return c
}

// write writes the package of a source. One request makes it, and others wait for it.
func (c *packageCache) write(ctx context.Context, w io.Writer, source exchange.Source, tag string) error {
	text, err := c.of(ctx, source, tag)
	if err != nil {
		return err
	}
	_, err = w.Write(text)
	return err
}

func (c *packageCache) of(ctx context.Context, source exchange.Source, tag string) ([]byte, error) {
	select {
	case <-c.turn:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { c.turn <- struct{}{} }()
	if c.tag == tag {
		return c.text, nil
	}
	var made bytes.Buffer
	if err := exchange.WritePackage(ctx, &made, source); err != nil {
		return nil, err
	}
	c.tag, c.text = tag, made.Bytes()
	return c.text, nil
}

// rowsIndex is a request for a list of the datasets.
type rowsIndex struct{ build string }

// listedDataset is one dataset in the list.
type listedDataset struct {
	Name        string            `json:"name"`
	Title       map[string]string `json:"title"`
	Description map[string]string `json:"description"`
	// Files are its files in each format, as URLs relative to the list.
	Files []string `json:"files"`
	// Parameters select rows. A dataset has no rows without those that it requires.
	Parameters []exchange.Parameter `json:"parameters"`
	Required   []exchange.Parameter `json:"required,omitempty"`
	// Rows is the number of rows without parameters, and Schema describes the columns if the data package does not.
	Rows   *int `json:"rows,omitempty"`
	Schema any  `json:"schema,omitempty"`
}

// of returns the answer for a source.
func (p rowsIndex) of(ctx context.Context, source exchange.Source) (reply, error) {
	var datasets []listedDataset
	for _, d := range exchange.Datasets {
		listed, err := listedOf(ctx, d, source)
		if err != nil {
			return reply{}, err
		}
		datasets = append(datasets, listed)
	}
	return aboutRows("the index", p.build, source, func(_ context.Context, w io.Writer) error {
		e := json.NewEncoder(w)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		return e.Encode(map[string]any{
			"snapshot": source.Snapshot(), "asOf": source.AsOf().Format("2006-01-02"), "dataPackage": "datapackage.json", "datasets": datasets,
		})
	}), nil
}

func listedOf(ctx context.Context, d *exchange.Dataset, source exchange.Source) (listedDataset, error) {
	listed := listedDataset{
		Name: d.Name, Parameters: d.Accepts, Required: d.Requires,
		Title:       map[string]string{"en": d.Titles().EN.Value, "ar": d.Titles().AR.Value},
		Description: map[string]string{"en": d.Descriptions().EN.Value, "ar": d.Descriptions().AR.Value},
	}
	parameters := ""
	if len(d.Requires) > 0 {
		parameters, listed.Schema = "?"+exampleOf(d), d.Schema()
	} else {
		table, err := d.Open(ctx, source, exchange.Query{})
		if err != nil {
			return listed, err
		}
		listed.Rows = &table.Total
	}
	for _, f := range exchange.Formats {
		listed.Files = append(listed.Files, d.Name+"."+f.Name+parameters)
	}
	return listed, nil
}

// aboutRows returns an answer that describes the rows.
func aboutRows(name, build string, source exchange.Source, write func(context.Context, io.Writer) error) reply {
	sum := rowsDigest(name, build, source.Snapshot(), source.AsOf())
	return reply{
		name: name, tag: `"` + source.Snapshot() + "-" + hex.EncodeToString(sum[:16]) + `"`, snapshot: source.Snapshot(),
		contentType: "application/json; charset=utf-8", disposition: "inline", total: len(exchange.Datasets), write: write,
	}
}

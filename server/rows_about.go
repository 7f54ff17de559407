package server

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"io"

	"masar/exchange"
)

// rowsPackage is a request for the data package that describes all datasets.
type rowsPackage struct{ build string }

// of returns the answer for a source.
func (p rowsPackage) of(source exchange.Source) (reply, error) {
	return aboutRows("datapackage.json", p.build, source, func(ctx context.Context, w io.Writer) error {
		return exchange.WritePackage(ctx, w, source)
	}), nil
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
	// Filter reports whether the dataset accepts a filter of claims.
	Filter bool `json:"filter"`
	Rows   int  `json:"rows"`
}

// of returns the answer for a source.
func (p rowsIndex) of(source exchange.Source) (reply, error) {
	var datasets []listedDataset
	for _, d := range exchange.Datasets {
		table, err := d.Open(source, nil)
		if err != nil {
			return reply{}, err
		}
		listed := listedDataset{
			Name: d.Name, Filter: d.Filtered, Rows: table.Total,
			Title:       map[string]string{"en": d.Titles.EN.Value, "ar": d.Titles.AR.Value},
			Description: map[string]string{"en": d.Descriptions.EN.Value, "ar": d.Descriptions.AR.Value},
		}
		for _, f := range exchange.Formats {
			listed.Files = append(listed.Files, d.Name+"."+f.Name)
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

// aboutRows returns an answer that describes the rows.
func aboutRows(name, build string, source exchange.Source, write func(context.Context, io.Writer) error) reply {
	sum := rowsDigest(name, build, source.Snapshot(), source.AsOf())
	return reply{
		name: name, tag: `"` + source.Snapshot() + "-" + hex.EncodeToString(sum[:16]) + `"`, snapshot: source.Snapshot(),
		contentType: "application/json; charset=utf-8", disposition: "inline", total: len(exchange.Datasets), write: write,
	}
}

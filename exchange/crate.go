package exchange

import (
	"context"
	"encoding/json"
	"io"
	"strconv"
	"time"

	"masar"
	"masar/words"
)

// CrateFile is a file of a research object crate.
type CrateFile struct {
	Name, MediaType string
	Bytes           int64
	// SHA256 is its hash, in hex.
	SHA256 string
	// Titles is its title.
	Titles masar.LocalizedText
}

// texted is a text in a language in JSON-LD.
type texted struct {
	Value string `json:"@value"`
	Lang  string `json:"@language"`
}

// inBoth is a text in both languages in JSON-LD.
func inBoth(text masar.LocalizedText) []texted {
	return []texted{{text.EN.Value, "en"}, {text.AR.Value, "ar"}}
}

// WriteCrate writes the metadata file of a research object crate (RO-Crate 1.1) with some files of a source.
func WriteCrate(ctx context.Context, w io.Writer, from Source, files []CrateFile) error {
	documents, err := from.Documents(nil)
	if err != nil {
		return err
	}
	read, err := documents.Read(ctx, 0, documents.Total)
	if err != nil {
		return err
	}
	type object = map[string]any
	reference := func(id string) object { return object{"@id": id} }
	root := object{
		"@id": "./", "@type": "Dataset", "name": inBoth(words.Localized("dataset.package.title", nil)),
		"description": inBoth(words.Localized("dataset.package.description", nil)), "datePublished": from.AsOf().Format(time.DateOnly),
		"version": from.Snapshot(), "license": reference("https://www.apache.org/licenses/LICENSE-2.0"),
	}
	graph := []object{
		{
			"@id": "ro-crate-metadata.json", "@type": "CreativeWork", "about": reference("./"),
			"conformsTo": reference("https://w3id.org/ro/crate/1.1"),
		},
		root,
		{"@id": "https://www.apache.org/licenses/LICENSE-2.0", "@type": "CreativeWork", "name": "Apache License 2.0"},
	}
	var parts, sources []object
	for _, f := range files {
		parts = append(parts, reference(f.Name))
		graph = append(graph, object{
			"@id": f.Name, "@type": "File", "name": inBoth(f.Titles), "encodingFormat": f.MediaType,
			"contentSize": strconv.FormatInt(f.Bytes, 10), "sha256": f.SHA256,
		})
	}
	for _, d := range read {
		id := "urn:masar:id/" + d.Identity().String()
		sources = append(sources, reference(id))
		source := object{"@id": id, "@type": "CreativeWork", "name": inBoth(d.Titles), "identifier": d.Code}
		if d.URL != "" {
			source["url"] = d.URL
		}
		if d.Publisher != nil {
			source["publisher"] = in(masar.English, d.Publisher.Titles)
		}
		graph = append(graph, source)
	}
	root["hasPart"], root["isBasedOn"] = parts, sources
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(object{"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph})
}

package linked

import (
	"encoding/json"
	"io"
	"strings"
	"time"

	"masar"
	"masar/words"
)

// Catalogue describes the files of exports.
type Catalogue struct {
	// Base is the base of IRIs, and Address that of the service, without its path.
	Base, Address string
	Snapshot      string
	AsOf          time.Time
	Files         []File
}

// File is a file of an export. Bytes and SHA256 are its size and hash; empty if they are not known.
type File struct {
	Name, MediaType string
	Bytes           int64
	SHA256          string
}

// url is the address of a file.
func (c Catalogue) url(f File) string {
	return strings.TrimSuffix(c.Address, "/") + "/export/" + f.Name
}

// licence is the licence of Masar's own work in the files.
const licence = "https://www.apache.org/licenses/LICENSE-2.0"

// titles and descriptions of all files.
func (c Catalogue) titles() (titles, descriptions masar.LocalizedText) {
	return words.Localized("export.title", nil), words.Localized("export.description", nil)
}

// WriteCatalogue writes the catalogue by DCAT (version 3), as JSON-LD.
func WriteCatalogue(to io.Writer, c Catalogue) error {
	titles, descriptions := c.titles()
	languages := func(t masar.LocalizedText) members { return members{{"ar", t.AR.Value}, {"en", t.EN.Value}} }
	var distributions []members
	for _, f := range c.Files {
		d := members{
			{"@id", c.url(f)}, {"@type", "dcat:Distribution"}, {"dct:title", f.Name},
			{"dct:format", bare(f.MediaType)},
			{"dcat:downloadURL", members{{"@id", c.url(f)}}}, {"dct:license", members{{"@id", licence}}},
		}
		if f.SHA256 != "" {
			d = append(d, member{"dcat:byteSize", f.Bytes}, member{"spdx:checksum", members{
				{"@id", c.url(f) + "#checksum"}, {"@type", "spdx:Checksum"}, {"spdx:algorithm", members{{"@id", "spdx:checksumAlgorithm_sha256"}}}, {"spdx:checksumValue", f.SHA256},
			}})
		}
		distributions = append(distributions, d)
	}
	document := members{
		{"@context", members{
			{"@version", json.Number("1.1")}, {"dcat", "http://www.w3.org/ns/dcat#"}, {"dct", "http://purl.org/dc/terms/"},
			{"spdx", "http://spdx.org/rdf/terms#"},
			{"title", members{{"@id", "dct:title"}, {"@container", "@language"}}},
			{"description", members{{"@id", "dct:description"}, {"@container", "@language"}}},
		}},
		{"@id", Base(c.Base) + "catalogue"}, {"@type", "dcat:Catalog"}, {"title", languages(titles)},
		{"dcat:dataset", members{
			{"@id", Base(c.Base) + "graph"}, {"@type", "dcat:Dataset"}, {"title", languages(titles)}, {"description", languages(descriptions)},
			{"dcat:version", c.Snapshot}, {"dct:language", []string{"ar", "en"}}, {"dct:license", members{{"@id", licence}}},
			{"dct:conformsTo", members{{"@id", strings.TrimSuffix(Namespace, "#")}}}, {"dcat:distribution", distributions},
		}},
	}
	return indented(to, document)
}

// bare is a media type without parameters.
func bare(mediaType string) string {
	kind, _, _ := strings.Cut(mediaType, ";")
	return kind
}

// WritePackage writes the description of the files by the Data Package standard (Frictionless).
func WritePackage(to io.Writer, c Catalogue) error {
	titles, descriptions := c.titles()
	var resources []members
	for _, f := range c.Files {
		name := strings.ReplaceAll(f.Name, ".", "-")
		r := members{{"name", name}, {"path", f.Name}, {"format", f.Name[strings.LastIndexByte(f.Name, '.')+1:]}, {"mediatype", bare(f.MediaType)}, {"encoding", "utf-8"}}
		if f.SHA256 != "" {
			r = append(r, member{"bytes", f.Bytes}, member{"hash", "sha256:" + f.SHA256})
		}
		resources = append(resources, r)
	}
	return indented(to, members{
		{"$schema", "https://datapackage.org/profiles/2.0/datapackage.json"}, {"profile", "data-package"}, {"name", "masar-graph"},
		{"title", titles.EN.Value}, {"description", descriptions.EN.Value},
		{"translations", members{{"ar", members{{"title", titles.AR.Value}, {"description", descriptions.AR.Value}}}}},
		{"languages", []string{"en", "ar"}}, {"snapshot", c.Snapshot}, {"asOf", c.AsOf.Format(time.DateOnly)},
		{"licenses", []members{{{"name", "Apache-2.0"}, {"path", licence}, {"title", "Apache License 2.0"}}}},
		{"resources", resources},
	})
}

// indented writes a value as indented JSON.
func indented(to io.Writer, v any) error {
	e := json.NewEncoder(to)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

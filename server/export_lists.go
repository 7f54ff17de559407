package server

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"hash"
	"io"
	"net/http"
	"net/url"

	"masar/exchange"
	"masar/exchange/linked"
	"masar/internal/etag"
)

// exportLists are the descriptions of the files, by name: the list itself, a data package and a catalogue.
var exportLists = map[string]exportList{
	"":                 {"application/json; charset=utf-8", writeExportList},
	"datapackage.json": {"application/json; charset=utf-8", linked.WritePackage},
	"dcat.jsonld":      {"application/ld+json", linked.WriteCatalogue},
}

// exportList is a description of the files.
type exportList struct {
	mediaType string
	write     func(io.Writer, linked.Catalogue) error
}

// listedFile is a file in the list. Size and hash are null until a whole file has been sent since the last change of the graph.
type listedFile struct {
	Name      string  `json:"name"`
	MediaType string  `json:"mediaType"`
	Profile   string  `json:"profile"`
	Size      *int64  `json:"size"`
	SHA256    *string `json:"sha256"`
}

func writeExportList(w io.Writer, c linked.Catalogue) error {
	files := make([]listedFile, len(c.Files))
	for i, f := range c.Files {
		files[i] = listedFile{Name: f.Name, MediaType: f.MediaType, Profile: "public"}
		if f.SHA256 != "" {
			files[i].Size, files[i].SHA256 = &f.Bytes, &f.SHA256
		}
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(map[string]any{"snapshot": c.Snapshot, "files": files})
}

// serveList serves a description of the files.
func (s *exports) serveList(w http.ResponseWriter, r *http.Request, about exportList, query url.Values) error {
	if err := known("", query, nil); err != nil {
		return err
	}
	source, err := s.newest()
	if err != nil {
		return err
	}
	var body bytes.Buffer
	if err := about.write(&body, s.catalogue(source, s.public.base(r))); err != nil {
		return err
	}
	a := reply{tag: etag.Strong(hex.EncodeToString(sum(body.Bytes())))}
	if a.known(w, r) {
		return nil
	}
	return streamed(r.Context(), w, r.URL.Path, s.log, func() {
		a.validators(w.Header())
		w.Header().Set("Content-Type", about.mediaType)
		w.Header().Set("X-Snapshot", source.Snapshot())
		w.WriteHeader(http.StatusOK)
	}, func(_ context.Context, to io.Writer) error {
		if r.Method == http.MethodHead {
			return nil
		}
		_, err := to.Write(body.Bytes())
		return err
	})
}

func sum(b []byte) []byte {
	h := sha256.Sum256(b)
	return h[:16]
}

// catalogue describes the files of a snapshot.
func (s *exports) catalogue(source exchange.Source, address string) linked.Catalogue {
	c := linked.Catalogue{Base: s.public.iris(), Address: address, Snapshot: source.Snapshot(), AsOf: source.AsOf()}
	for _, f := range exportFiles {
		file := linked.File{Name: f.name, MediaType: f.mediaType}
		whole, _ := s.readExport(f, nil) // no parameters are never wrong
		if m := s.measured.get(f.name); m.tag == whole.tag(source) {
			file.Bytes, file.SHA256 = m.bytes, m.sha256
		}
		c.Files = append(c.Files, file)
	}
	return c
}

// measure counts and hashes a file while it is sent.
type measure struct {
	tag   string
	hash  hash.Hash
	bytes int64
}

func newMeasure(tag string) *measure { return &measure{tag: tag, hash: sha256.New()} }

// Write counts and hashes.
func (m *measure) Write(p []byte) (int, error) {
	m.bytes += int64(len(p))
	return m.hash.Write(p)
}

func (m *measure) done() measurement {
	return measurement{m.tag, m.bytes, hex.EncodeToString(m.hash.Sum(nil))}
}

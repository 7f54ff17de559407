package server

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"time"

	"masar/web"
)

// serveGraphiQL serves GraphiQL under a path, or a page that explains how to build it.
func serveGraphiQL(under string) http.Handler {
	var h http.Handler = http.HandlerFunc(missing)
	if built := web.GraphiQL(); built != nil {
		h = readSite(built)
	}
	return http.StripPrefix(under, guarded(h))
}

// guarded restricts a page to the resources of this service: it cannot load from, send to or be framed by another site.
// The code editor needs inline styles; its style sheet holds fonts and small images as data URLs.
func guarded(h http.Handler) http.Handler {
	policy := strings.Join([]string{
		"default-src 'none'", "script-src 'self'", "worker-src 'self'", "connect-src 'self'", "style-src 'self' 'unsafe-inline'",
		"font-src 'self' data:", "img-src 'self' data:", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
	}, "; ")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", policy)
		w.Header().Set("Referrer-Policy", "no-referrer")
		h.ServeHTTP(w, r)
	})
}

func missing(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusNotFound)
	_, _ = w.Write(web.Missing) // the only error is a client that has disconnected
}

// site holds all files of a website by path. All other paths are not found.
type site map[string]file

// file is one file of a site as it is stored.
type file struct {
	content []byte
	packed  bool // compressed with gzip
	kind    string
	hash    string
}

// newFile returns a file by its name without .gz.
func newFile(name string, content []byte, packed bool) file {
	hash := sha256.Sum256(content)
	return file{content, packed, cmp.Or(kinds[path.Ext(name)], "application/octet-stream"), hex.EncodeToString(hash[:16])}
}

// kinds are the content types of the files of a build, so that they do not depend on the system's table.
var kinds = map[string]string{
	".css": "text/css; charset=utf-8", ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".json": "application/json", ".svg": "image/svg+xml", ".ttf": "font/ttf", ".woff2": "font/woff2",
}

// readSite reads a website into memory. It panics on a read error, which an embedded file system does not have.
func readSite(files fs.FS) site {
	s := site{}
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(files, name)
		name, packed := strings.CutSuffix(name, ".gz")
		s[name] = newFile(name, content, packed)
		return err
	})
	if err != nil {
		panic(err)
	}
	return s
}

func (s site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Path
	if name == "" {
		name = "index.html"
	}
	f, ok := s[name]
	if !ok {
		text(w, http.StatusNotFound, "there is no such page\n")
		return
	}
	f.serve(w, r, isNamedByContent(name))
}

// isNamedByContent reports whether a file's name contains a hash of its content, so that browsers may keep it for ever.
func isNamedByContent(name string) bool { return strings.HasPrefix(name, "assets/") }

func (f file) serve(w http.ResponseWriter, r *http.Request, forGood bool) {
	header, content, tag := w.Header(), f.content, f.hash
	if f.packed {
		header.Set("Vary", "Accept-Encoding")
		if takesGzip(r) {
			header.Set("Content-Encoding", "gzip")
			tag += "-gzip"
		} else {
			content = unpack(content)
		}
	}
	header.Set("Cache-Control", "no-cache")
	if forGood {
		header.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	header.Set("Content-Type", f.kind)
	header.Set("ETag", `"`+tag+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
}

// unpack decompresses a gzip file of the build. It panics if the file is invalid.
func unpack(packed []byte) []byte {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		panic(err)
	}
	plain, err := io.ReadAll(z)
	if err != nil {
		panic(err)
	}
	return plain
}

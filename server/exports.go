package server

import (
	"bufio"
	"context"
	"encoding/hex"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"masar"
	"masar/answers"
	"masar/exchange"
	"masar/exchange/dump"
	"masar/exchange/linked"
	"masar/internal/etag"
	"masar/operations"
)

// exportsPath is the path under which whole files of the graph are served.
const exportsPath = "/export/"

// exportFormat changes when the content of a file changes for an equal graph without a new build, as in tests.
const exportFormat = 1

// exportFile is a file of the whole graph.
type exportFile struct {
	name, mediaType string
	// isComputed reports whether its numbers depend on the as-of date, and hasLabels whether it has labels in one language.
	isComputed, hasLabels bool
	write                 func(context.Context, io.Writer, exported) error
}

// exported is the graph of one snapshot, as a file needs it.
type exported struct {
	graph   *dump.Published
	claims  exchange.Records[exchange.Claim] // only for a file whose numbers are computed
	options linked.Options
}

// exportFiles are the files, in the order of the list.
var exportFiles = func() []exportFile {
	files := []exportFile{{name: "graph.jsonl", mediaType: "application/jsonl; charset=utf-8", write: func(ctx context.Context, w io.Writer, e exported) error {
		return e.graph.Lines(ctx, w)
	}}}
	for _, f := range linked.Formats {
		files = append(files, exportFile{f.File, f.MediaType, f.Computed, f.HasLabels, func(ctx context.Context, w io.Writer, e exported) error {
			return f.Write(ctx, w, e.graph, e.claims, e.options)
		}})
	}
	return files
}()

// exports serves /export/: the whole graph in files for other tools.
type exports struct {
	*rows
	published func(context.Context) (*dump.Published, error)
	measured  measurements
}

// newExports returns the handler of the files. They share the rows' limits and filters.
func newExports(o Options, r *rows) http.Handler {
	return compressedRows(&exports{rows: r, published: o.Published, measured: measurements{all: map[string]measurement{}}})
}

// ServeHTTP answers a GET or HEAD.
func (s *exports) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), rowsTime)
	defer cancel()
	if err := s.serve(w, r.WithContext(ctx)); err != nil {
		s.refuse(w, r, err)
	}
}

func (s *exports) serve(w http.ResponseWriter, r *http.Request) error {
	if err := readOnly(w, r); err != nil {
		return err
	}
	query, err := rowsQuery(r)
	if err != nil {
		return err
	}
	name := strings.TrimPrefix(r.URL.Path, exportsPath)
	if about, is := exportLists[name]; is {
		return s.serveList(w, r, about, query)
	}
	at := slices.IndexFunc(exportFiles, func(f exportFile) bool { return f.name == name })
	if at < 0 {
		return noSuchExport(name)
	}
	asked, err := s.readExport(exportFiles[at], query)
	if err != nil {
		return err
	}
	return s.serveFile(w, r, asked)
}

func noSuchExport(name string) error {
	var files []string
	for _, f := range exportFiles {
		files = append(files, f.name)
	}
	return masar.NewError(masar.CodeNotFound, "error.export.not_found", masar.Args{"file": operations.Shorten(name, 64), "files": files})
}

// askedExport is a request for a file.
type askedExport struct {
	exportFile
	filter *answers.ClaimFilter
	lang   masar.Language
	base   string
	build  string
}

func (s *exports) readExport(f exportFile, query url.Values) (a askedExport, err error) {
	a = askedExport{exportFile: f, lang: masar.English, base: s.public.iris(), build: s.build}
	allowed := []string{"filter"}
	if f.hasLabels {
		allowed = append(allowed, "lang")
	}
	if err := known(f.name, query, allowed); err != nil {
		return a, err
	}
	if lang := query.Get("lang"); f.hasLabels && query.Has("lang") {
		a.lang = masar.Language(strings.ToUpper(lang))
		if a.lang != masar.Arabic && a.lang != masar.English {
			return a, masar.NewArgumentError(masar.CodeBadInput, "lang", "error.export.lang", nil)
		}
	}
	if text := query.Get("filter"); text != "" {
		a.filter, err = s.filter(text)
	}
	return a, err
}

// iris is the base of the IRIs of records: the first public address; empty without one, because other names of this service may
// mean something else elsewhere.
func (p PublicURLs) iris() string {
	if len(p) == 0 {
		return ""
	}
	return p[0].String()
}

// tag is the ETag of a file: equal tags mean equal bytes.
func (a askedExport) tag(source exchange.Source) string {
	day := ""
	if a.isComputed || a.filter != nil { // filters can have numbers, too
		day = source.AsOf().Format("2006-01-02")
	}
	sum := rowsDigest(exportFormat, a.build, a.name, source.Snapshot(), day, a.base, a.lang, a.filter)
	return etag.Strong(source.Snapshot() + "-" + hex.EncodeToString(sum[:16]))
}

// isWhole reports whether the file is the one that the list describes.
func (a askedExport) isWhole() bool { return a.filter == nil && a.lang == masar.English }

func (s *exports) serveFile(w http.ResponseWriter, r *http.Request, a askedExport) error {
	source, err := s.newest()
	if err != nil {
		return err
	}
	// The filter is checked before anything is read.
	if _, err := source.Claims(a.filter); err != nil {
		return err
	}
	if (reply{tag: a.tag(source)}).known(w, r) {
		return nil
	}
	if r.Method == http.MethodHead {
		a.head(w, a.tag(source), source.Snapshot())
		return nil
	}
	graph, source, err := linked.Agree(r.Context(), source, s.published)
	if err != nil {
		return err
	}
	tag := a.tag(source)
	if (reply{tag: tag}).known(w, r) {
		return nil
	}
	content, err := a.of(r.Context(), graph, source)
	if err != nil {
		return err
	}
	measured := newMeasure(tag)
	err = streamed(r.Context(), w, a.name, s.log, func() { a.head(w, tag, source.Snapshot()) }, func(ctx context.Context, w io.Writer) error {
		return a.write(ctx, io.MultiWriter(w, measured), content)
	})
	if err == nil && a.isWhole() {
		s.measured.set(a.name, measured.done())
	}
	return err
}

// of is the content of a file.
func (a askedExport) of(ctx context.Context, graph *dump.Published, source exchange.Source) (exported, error) {
	e := exported{graph: graph, options: linked.Options{Base: a.base, Lang: a.lang}}
	claims, err := source.Claims(a.filter)
	if err != nil {
		return e, err
	}
	if a.isComputed {
		e.claims = claims
	}
	if a.filter == nil {
		return e, nil
	}
	selected, err := linked.Select(ctx, graph, claims)
	if err != nil {
		return e, err
	}
	e.graph = graph.Only(selected.Has)
	if a.isComputed {
		e.graph = graph.Only(selected.IsEnd)
	}
	return e, nil
}

// head sends the status and header of a file.
func (a askedExport) head(w http.ResponseWriter, tag, snapshot string) {
	h := w.Header()
	reply{tag: tag}.validators(h)
	h.Set("Content-Type", a.mediaType)
	h.Set("Content-Disposition", `attachment; filename="`+a.name+`"`)
	h.Set("Accept-Ranges", "none")
	h.Set("X-Snapshot", snapshot)
	w.WriteHeader(http.StatusOK)
}

// streamed writes an answer in parts, and its head with the first part. After it, an error can only be reported by aborting the
// connection.
func streamed(ctx context.Context, w http.ResponseWriter, name string, log *slog.Logger, head func(), write func(context.Context, io.Writer) error) error {
	out := &sender{ResponseWriter: w, head: head}
	buffered := bufio.NewWriterSize(out, rowsBuffer)
	err := write(ctx, buffered)
	if err == nil {
		err = buffered.Flush()
		out.begin() // also of an empty body
	}
	if err != nil && out.began {
		log.WarnContext(ctx, "answer broken off", "name", name, "error", err)
		panic(http.ErrAbortHandler)
	}
	return err
}

// sender sends the head of an answer with the first part of its body.
type sender struct {
	http.ResponseWriter
	head  func()
	began bool
}

func (s *sender) begin() {
	if !s.began {
		s.began = true
		s.head()
	}
}

// Write sends a part of the body.
func (s *sender) Write(part []byte) (int, error) {
	s.begin()
	return s.ResponseWriter.Write(part)
}

// measurements are the sizes and hashes of files that have been sent, by name.
type measurements struct {
	sync.Mutex
	all map[string]measurement
}

// measurement is the size and hash of a file with a tag.
type measurement struct {
	tag    string
	bytes  int64
	sha256 string
}

func (m *measurements) set(name string, done measurement) {
	m.Lock()
	defer m.Unlock()
	m.all[name] = done
}

func (m *measurements) get(name string) measurement {
	m.Lock()
	defer m.Unlock()
	return m.all[name]
}

package server

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"masar"
	"masar/exchange"
	"masar/internal/etag"
	"masar/operations"
)

// rowsPath is the path under which rows are served.
const rowsPath = "/api/v1/rows/"

// wanted is a parsed request.
type wanted interface {
	// of returns the answer for a source. It reads nothing from the source.
	of(context.Context, exchange.Source) (reply, error)
}

// reply is an answer ready to be sent. Equal tags mean equal bytes.
type reply struct {
	name, tag, snapshot      string
	contentType, disposition string
	// packed reports whether the body is already compressed.
	packed bool
	// total is the number of rows in the whole file, of which the answer may be a page. next is the URL of the next
	// page; empty on the last.
	total int
	next  string
	write func(context.Context, io.Writer) error
}

// read parses the path and the parameters of a request. Unknown parameters are refused.
func (s *rows) read(r *http.Request) (wanted, error) {
	query, err := rowsQuery(r)
	if err != nil {
		return nil, err
	}
	file := strings.TrimPrefix(r.URL.Path, rowsPath)
	switch file {
	case "":
		return rowsIndex{s.build}, known("", query, nil)
	case "datapackage.json":
		return rowsPackage{s.build, s.described}, known(file, query, nil)
	}
	name, ending, _ := cutLast(file, ".")
	asked := rowsPage{build: s.build, base: s.base(r), dataset: exchange.Find(name), query: query}
	var there bool
	if asked.format, there = exchange.FindFormat(ending); !there || asked.dataset == nil {
		return nil, noSuchFile(file, asked.dataset)
	}
	if err := known(file, query, asked.parameters()); err != nil {
		return nil, err
	}
	return asked, s.readParameters(file, &asked)
}

// base is the address of the rows, for links.
func (s *rows) base(r *http.Request) string {
	if len(s.public) == 0 && r.Host == "" { // a client of HTTP/1.0
		return rowsPath
	}
	return strings.TrimSuffix(s.public.base(r), "/") + rowsPath
}

// known refuses parameters that a file does not have, all at once, and one that is given twice.
func known(file string, query url.Values, parameters []string) error {
	var unknown []string
	for _, name := range slices.Sorted(maps.Keys(query)) {
		switch {
		case !slices.Contains(parameters, name):
			unknown = append(unknown, operations.Shorten(name, 64))
		case len(query[name]) > 1:
			return masar.NewArgumentError(masar.CodeBadInput, name, "error.parameter.repeated", masar.Args{"name": name})
		}
	}
	switch {
	case unknown == nil:
		return nil
	case parameters == nil:
		return masar.NewArgumentError(masar.CodeBadInput, unknown[0], "error.rows.no_parameters", nil)
	}
	unknown = unknown[:min(len(unknown), maxUnknown)]
	return masar.NewArgumentError(masar.CodeBadInput, unknown[0], "error.rows.parameter", masar.Args{"file": file, "unknown": unknown, "allowed": parameters})
}

// maxUnknown is the maximum number of unknown parameters in a message.
const maxUnknown = 5

// cutLast splits a text at the last separator.
func cutLast(s, separator string) (before, after string, found bool) {
	at := strings.LastIndex(s, separator)
	if at < 0 {
		return s, "", false
	}
	return s[:at], s[at+len(separator):], true
}

// noSuchFile is the error for an unknown file. It names the files that exist.
func noSuchFile(file string, dataset *exchange.Dataset) error {
	var datasets, formats []string
	for _, d := range exchange.Datasets {
		datasets = append(datasets, d.Name)
	}
	for _, f := range exchange.Formats {
		formats = append(formats, f.Name)
	}
	if dataset != nil {
		return masar.NewError(masar.CodeNotFound, "error.rows.format", masar.Args{"file": operations.Shorten(file, 64), "dataset": dataset.Name, "formats": formats})
	}
	return masar.NewError(masar.CodeNotFound, "error.rows.not_found", masar.Args{"file": operations.Shorten(file, 64), "datasets": datasets, "formats": formats})
}

// rowsPage is a request for all rows of a dataset or a page of them.
type rowsPage struct {
	build   string
	base    string // address of the rows
	dataset *exchange.Dataset
	format  exchange.Format
	options exchange.Options
	selects exchange.Query
	first   int // 0 means all
	after   *rowsCursor
	query   url.Values
}

// parameters are the parameters that the request accepts.
func (p rowsPage) parameters() []string {
	all := []string{"first", "after"}
	for _, parameter := range p.dataset.Accepts {
		all = append(all, string(parameter))
	}
	switch p.format.Name {
	case "csv":
		all = append(all, "bom", "delimiter")
	case "xlsx":
		all = append(all, "rtl")
	}
	return all
}

// of returns the answer for a source.
func (p rowsPage) of(ctx context.Context, source exchange.Source) (reply, error) {
	table, err := p.dataset.Open(ctx, source, p.selects)
	if err != nil {
		return reply{}, err
	}
	list := rowsDigest(p.build, p.dataset.Name, source.Snapshot(), source.AsOf(), p.selects)
	from, to := 0, table.Total
	if p.after != nil {
		if p.after.list != [8]byte(list[:8]) || p.after.row > table.Total {
			return reply{}, masar.NewArgumentError(masar.CodeBadCursor, "after", "error.rows.cursor_stale", nil)
		}
		from = p.after.row
	}
	if p.first > 0 {
		to = min(to, from+p.first)
	}
	if most := p.format.MaxRows; most > 0 && to-from > most {
		return reply{}, masar.NewArgumentError(masar.CodeContentTooLarge, "first", "error.rows.sheet", masar.Args{"reached": to - from, "allowed": most})
	}
	options := p.options
	options.Snapshot, options.AsOf = source.Snapshot(), source.AsOf()
	whole := rowsDigest(list, p.format.Name, p.options, from, to)
	name := fmt.Sprintf("masar-%s-%s-%s.%s", p.dataset.Name, source.AsOf().Format("2006-01-02"), source.Snapshot(), p.format.Name)
	a := reply{
		name: p.dataset.Name + "." + p.format.Name, tag: etag.Strong(source.Snapshot() + "-" + hex.EncodeToString(whole[:16])), snapshot: source.Snapshot(),
		contentType: p.format.ContentType, packed: p.format.Packed, disposition: `attachment; filename="` + name + `"`, total: table.Total,
		write: func(ctx context.Context, w io.Writer) error {
			return p.format.Write(ctx, w, p.dataset, table, from, to, options)
		},
	}
	if to < table.Total {
		query := url.Values{}
		for name, values := range p.query {
			query[name] = values
		}
		query.Set("after", rowsCursor{[8]byte(list[:8]), to}.String())
		a.next = p.base + a.name + "?" + query.Encode()
	}
	return a, nil
}

// rowsDigest returns a digest of its arguments.
func rowsDigest(parts ...any) [sha256.Size]byte {
	text, err := json.Marshal(parts)
	if err != nil {
		panic(err) // plain data always encodes
	}
	return sha256.Sum256(text)
}

// rowsCursor is the position at which a page begins. It includes a part of the digest of its list.
type rowsCursor struct {
	list [8]byte
	row  int
}

// String encodes the position as an opaque cursor.
func (c rowsCursor) String() string {
	return base64.RawURLEncoding.EncodeToString(binary.AppendUvarint(c.list[:], uint64(c.row)))
}

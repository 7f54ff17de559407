package seed

import (
	"cmp"
	"errors"
	"io/fs"
	"path"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// source is a parsed seed file.
type source struct {
	path  string // within the seed
	shown string // as people know it
	file  file
	// spots has the position of every value in the file, by the value's path.
	spots map[string]spot
	// faulty are the paths of values that are missing or could not be read. Faults that follow from them are not
	// reported.
	faulty []string
	faults Faults
	// broken reports that the file could not be read at all.
	broken bool
}

// isFaulty reports whether the value at a path, an enclosing value or a part of it is faulty.
func (s *source) isFaulty(path string) bool {
	return slices.ContainsFunc(s.faulty, func(f string) bool { return isWithin(f, path) || isWithin(path, f) })
}

// isWithin reports whether a path equals another or is below it.
func isWithin(path, other string) bool {
	rest, ok := strings.CutPrefix(path, other)
	return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
}

// root returns the linter of the whole file.
func (s *source) root() linter { return linter{source: s} }

// The folders of the seed's files. Each file in sources is about one document, and named by the document's code.
const (
	folderCommon  = "common"
	folderSources = "sources"
	// folderCurated has what was added to the documents of sources. A file with passages is named by the document's code.
	folderCurated = "curated"
)

// folders are the folders of the seed, in the order in which they are read. A claim that several files contain is first of all
// that of the file that is read first.
var folders = []string{folderCommon, "sdg", folderSources, folderCurated}

// folder is the folder of the file.
func (s *source) folder() string {
	folder, _, _ := strings.Cut(s.path, "/")
	return folder
}

// name is the file's name without its folder and its ending.
func (s *source) name() string {
	return strings.TrimSuffix(strings.TrimPrefix(s.path, s.folder()+"/"), ".yaml")
}

// sources reads the files of the seed's folders, in the order of the folders and of their paths.
func (s Seed) sources() []*source {
	var out []*source
	for _, folder := range folders {
		fs.WalkDir(s.files, folder, func(name string, d fs.DirEntry, err error) error {
			if _, replaced := s.single[name]; replaced {
				return nil
			}
			switch {
			case err != nil && name == folder && errors.Is(err, fs.ErrNotExist):
			case err != nil:
				out = append(out, s.unread(name, err))
			case d.IsDir():
			case path.Ext(name) == ".yaml":
				out = append(out, s.source(name))
			case path.Ext(name) == ".yml":
				out = append(out, s.unread(name, errors.New("seed files must end in .yaml")))
			}
			return nil
		})
	}
	for name := range s.single {
		if path.Ext(name) == ".yaml" {
			out = append(out, s.source(name))
		}
	}
	slices.SortFunc(out, func(a, b *source) int {
		return cmp.Or(slices.Index(folders, a.folder())-slices.Index(folders, b.folder()), strings.Compare(a.path, b.path))
	})
	return out
}

// unread returns a source for a file that could not be read.
func (s Seed) unread(name string, err error) *source {
	out := &source{path: name, shown: s.shown(name), broken: true}
	out.root().Errorf("%v", err)
	return out
}

// source reads a file.
func (s Seed) source(name string) *source {
	data, err := s.data(name)
	if err != nil {
		return s.unread(name, err)
	}
	out := &source{path: name, shown: s.shown(name), spots: map[string]spot{}}
	out.parse(data)
	return out
}

// parse reads the data of a file. Faults go to the source's faults, and values that could be read to its file.
func (s *source) parse(data []byte) {
	l := s.root()
	body, err := syntax(data)
	if err != nil {
		s.broken = true
		if e, ok := errors.AsType[*yaml.SyntaxError](err); ok { // the text of a SyntaxError has many lines and quotes the file
			l.spot, err = spotOf(e.Token), errors.New(e.Message)
		}
		l.Errorf("this cannot be read: %v", err)
		return
	}
	l.spot = start(body)
	l.decode(body, reflect.ValueOf(&s.file).Elem(), "")
}

// syntax parses the single document of a YAML file.
func syntax(data []byte) (body ast.Node, err error) {
	defer func() {
		if recover() != nil { // the parser can panic on malformed input
			err = errors.New("this is not YAML")
		}
	}()
	switch {
	case !utf8.Valid(data):
		return nil, errors.New("it is not in UTF-8")
	case len(data) > 4<<20:
		return nil, errors.New("it is larger than 4 MiB")
	}
	f, err := parser.ParseBytes(data, 0, parser.AllowDuplicateMapKey())
	switch {
	case err != nil:
		return nil, err
	case len(f.Docs) > 1:
		return nil, errors.New("it holds more than one YAML document")
	case len(f.Docs) == 0 || f.Docs[0].Body == nil:
		return nil, errors.New("it is empty")
	}
	return f.Docs[0].Body, nil
}

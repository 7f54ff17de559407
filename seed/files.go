package seed

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Files are the seed files embedded in the program, and schema.json.
//
//go:embed common sdg sources texts schema.json
var Files embed.FS

// Seed is a set of seed files. Faults name its files by the paths that people have.
type Seed struct {
	files fs.FS
	// dir is the directory of the files; empty for the seed in the program.
	dir string
	// single are files given one by one, by their path within the seed.
	single map[string]singleFile
	// named are the paths of the single files, as they were given.
	named []string
}

// singleFile is a file beside the files of a seed, or in the place of one.
type singleFile struct {
	name string // as it was given
	data []byte
}

// Carried is the seed in the program.
func Carried() Seed { return Seed{files: Files} }

// ErrNotDirectory reports a path that is not a directory.
var ErrNotDirectory = errors.New("this is not a directory")

// In is the seed in a directory. The error is fs.ErrNotExist or ErrNotDirectory, or another one of the system.
func In(dir string) (Seed, error) {
	info, err := os.Stat(dir)
	switch {
	case err != nil:
		return Seed{}, err
	case !info.IsDir():
		return Seed{}, fmt.Errorf("%s: %w", dir, ErrNotDirectory)
	}
	return Seed{files: os.DirFS(dir), dir: dir}, nil
}

// String names the seed and its single files for messages.
func (s Seed) String() string {
	name := "the seed in this binary"
	if s.dir != "" {
		name = "the seed in " + s.dir
	}
	if len(s.named) > 0 {
		return strings.Join(s.named, ", ") + " with " + name
	}
	return name
}

// With returns the seed with single files. A file replaces the file of the seed with the same name. Other files are
// added: a text (.txt) to texts, a file with a document to sources, other files to common, unless the directory of the
// file has the name of a folder of the seed. The error joins those of all files.
func (s Seed) With(names ...string) (Seed, error) {
	out := Seed{files: s.files, dir: s.dir, single: map[string]singleFile{}, named: names}
	var faults []error
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		place := s.place(name, data)
		before, twice := out.single[place]
		switch {
		case place == "":
			faults = append(faults, fmt.Errorf("%s: %w", name, ErrNoSeedFile))
		case twice:
			faults = append(faults, fmt.Errorf("%s and %s: %w", before.name, name, ErrSameName))
		default:
			out.single[place] = singleFile{name, data}
		}
	}
	return out, errors.Join(faults...)
}

// Errors of single files that cannot be part of a seed.
var (
	ErrNoSeedFile = errors.New("a seed file ends in .yaml, and the text of a document in .txt")
	ErrSameName   = errors.New("two files of a seed have the same name; give one of them")
)

// hasDocument matches a seed file about a document.
var hasDocument = regexp.MustCompile(`(?m)^document:`)

// place is the path of a single file within the seed; empty for a file that cannot be part of one.
func (s Seed) place(name string, data []byte) string {
	base, above := filepath.Base(name), ""
	if whole, err := filepath.Abs(name); err == nil {
		above = filepath.Base(filepath.Dir(whole))
	}
	switch found := s.find(base); {
	case filepath.Ext(name) == ".txt":
		return path.Join(folderTexts, base)
	case filepath.Ext(name) != ".yaml":
		return ""
	case above == folderCurated:
		return path.Join(above, base)
	case slices.Contains(found, path.Join(above, base)):
		return path.Join(above, base)
	case len(found) > 0:
		return found[0]
	case slices.Contains(folders, above):
		return path.Join(above, base)
	case hasDocument.Match(data):
		return path.Join(folderSources, base)
	}
	return path.Join(folderCommon, base)
}

// find returns the paths of the seed's files with a name, in order.
func (s Seed) find(base string) (paths []string) {
	for _, folder := range folders {
		// A folder that cannot be read is reported when the seed is read.
		_ = fs.WalkDir(s.files, folder, func(name string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() && path.Base(name) == base {
				paths = append(paths, name)
			}
			return nil
		})
	}
	return paths
}

// shown is the path of a file as people know it.
func (s Seed) shown(name string) string {
	if file, ok := s.single[name]; ok {
		return file.name
	}
	if s.dir == "" {
		return path.Join("seed", name)
	}
	return filepath.Join(s.dir, filepath.FromSlash(name))
}

// texts returns the paths of the texts within the seed, in order.
func (s Seed) texts() []string {
	names, _ := fs.Glob(s.files, folderTexts+"/*.txt") // the pattern is valid
	for name := range s.single {
		if path.Ext(name) == ".txt" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// data returns the content of a file.
func (s Seed) data(name string) ([]byte, error) {
	if file, ok := s.single[name]; ok {
		return file.data, nil
	}
	return fs.ReadFile(s.files, name)
}

// Package documents reads GraphQL operations from files. An operation uses fragments from the file fragments.graphql beside
// it.
package documents

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
)

// Read returns the operations in a directory by the names of their files, without .graphql. Each is a whole document, with
// the fragments that it uses.
func Read(files fs.FS, dir string) map[string]string {
	fragments := readFragments(files, dir)
	names, err := fs.Glob(files, dir+"/*.graphql")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	all := map[string]string{}
	for _, file := range names {
		if name := strings.TrimSuffix(path.Base(file), ".graphql"); name != "fragments" {
			all[name] = withFragments(readOperation(files, file), fragments)
		}
	}
	return all
}

// readOperation reads a file without its comments.
func readOperation(files fs.FS, file string) string {
	text, err := fs.ReadFile(files, file)
	if err != nil {
		panic(err) // the files are embedded
	}
	return strings.TrimSpace(comment.ReplaceAllString(string(text), ""))
}

var (
	comment  = regexp.MustCompile(`(?m)^\s*#.*\n`)
	spread   = regexp.MustCompile(`\.\.\.(\w+)`)
	fragment = regexp.MustCompile(`(?m)^fragment (\w+) on [\s\S]*?^}`)
)

func readFragments(files fs.FS, dir string) map[string]string {
	all := map[string]string{}
	for _, m := range fragment.FindAllStringSubmatch(readOperation(files, dir+"/fragments.graphql"), -1) {
		all[m[1]] = m[0]
	}
	return all
}

// withFragments appends the fragments that a document uses, directly or through other fragments.
func withFragments(document string, fragments map[string]string) string {
	var used []string
	for rest := []string{document}; len(rest) > 0; rest = rest[1:] {
		for _, m := range spread.FindAllStringSubmatch(rest[0], -1) {
			if text, ok := fragments[m[1]]; ok && !slices.Contains(used, m[1]) {
				used = append(used, m[1])
				rest = append(rest, text)
			}
		}
	}
	slices.Sort(used)
	for _, name := range used {
		document += "\n\n" + fragments[name]
	}
	return document
}

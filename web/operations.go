package web

import (
	"embed"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
)

//go:embed operations/*.graphql
var operationFiles embed.FS

// operations are the texts of the operations with the fragments that they use, by the name of their file.
var operations = sync.OnceValue(readOperations)

// Operations returns the operations of the pages by their names, such as target. Each is a whole document.
func Operations() map[string]string { return operations() }

func readOperations() map[string]string {
	fragments := readFragments()
	names, err := fs.Glob(operationFiles, "operations/*.graphql")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	all := map[string]string{}
	for _, file := range names {
		if name := strings.TrimSuffix(path.Base(file), ".graphql"); name != "fragments" {
			all[name] = withFragments(readOperation(file), fragments)
		}
	}
	return all
}

// readOperation reads a file without its comments.
func readOperation(file string) string {
	text, err := operationFiles.ReadFile(file)
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

func readFragments() map[string]string {
	all := map[string]string{}
	for _, m := range fragment.FindAllStringSubmatch(readOperation("operations/fragments.graphql"), -1) {
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

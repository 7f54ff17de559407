package docs_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// root is the project's directory.
const root = ".."

// block is a fenced block of a document.
type block struct {
	document   string // path from the root
	line       int    // number of the first line of the text
	language   string
	text       string
	start, end int // offsets of the text in the document
	answer     *block
}

func (b block) String() string { return fmt.Sprintf("%s:%d", b.document, b.line) }

var fence = regexp.MustCompile("(?ms)^( *)```([^\n`]*)\n(.*?)^ *```$")

// notOurs are directories with documents of others, or with copies.
var notOurs = []string{"bin", "dist", "node_modules", "vendor"}

// blocksOf returns the blocks of all documents of the project. A block of json or text is the answer of the block
// before it if there is nothing between them.
func blocksOf(t *testing.T) (all []*block) {
	t.Helper()
	for _, document := range documents(t) {
		content, err := os.ReadFile(filepath.Join(root, document))
		if err != nil {
			t.Fatal(err)
		}
		text, before := string(content), (*block)(nil)
		for _, at := range fence.FindAllStringSubmatchIndex(text, -1) {
			b := &block{
				document: document, line: 1 + strings.Count(text[:at[6]], "\n"),
				language: text[at[4]:at[5]], text: text[at[6]:at[7]], start: at[6], end: at[7],
			}
			if before != nil && b.isAnswer() && strings.TrimSpace(text[before.end:at[0]]) == "```" {
				before.answer, before = b, nil
				continue
			}
			all, before = append(all, b), b
		}
	}
	return all
}

func (b block) isAnswer() bool { return b.language == "json" || b.language == "text" }

// documents are all Markdown files of the project.
func documents(t *testing.T) (all []string) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && path != root && (slices.Contains(notOurs, entry.Name()) || strings.HasPrefix(entry.Name(), ".")) {
			return filepath.SkipDir
		}
		if filepath.Ext(path) == ".md" {
			relative, err := filepath.Rel(root, path)
			all = append(all, filepath.ToSlash(relative))
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

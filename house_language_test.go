package masar_test

import (
	"bytes"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// phrase is a phrase that no text of the project may use.
type phrase struct {
	not, but string
	except   []string // prefixes of paths where the phrase has another meaning
}

// earlier are the files that name things of earlier versions.
var earlier = []string{"CHANGELOG.md"}

// phrases are always wrong. docs/glossary.md has the terms to use.
var phrases = []phrase{
	{not: "reckon", but: "compute; as of, for a day"},
	{not: "borne out", but: "supported"},
	{not: "bears out", but: "supports"},
	{not: "told apart", but: "distinguished"},
	{not: "the most that is answered", but: "maximum"},
	{not: "for whoever", but: "name the reader: users, clients, operators"},
	{not: "that there is not", but: "unknown"},
	{not: "a day that is none", but: "not a valid date"},
	{not: "is to be had", but: "is available"},
	{not: "put aside", but: "rejected; Rejected alternatives"},
	{not: "where the graph has it not", but: "null if it is not in the graph"},
	{not: "restBuckets", but: "otherBuckets", except: earlier},
	{not: "coarser", but: "imprecise", except: earlier},
	{not: "unasked", but: "defaultAvailability", except: earlier},
	{not: "strayed", but: "notFound"},
	{not: "household", but: "clientPrefix", except: []string{"seed/sdg/"}},
}

// pattern matches a phrase in any case, in code and prose, also across a line break.
func (p phrase) pattern() *regexp.Regexp {
	words := strings.Fields(p.not)
	for i, word := range words {
		words[i] = regexp.QuoteMeta(word)
	}
	return regexp.MustCompile(`(?i)` + strings.Join(words, `[\s/#>*_-]+`))
}

func under(path string, beginnings []string) bool {
	return slices.ContainsFunc(beginnings, func(beginning string) bool { return strings.HasPrefix(path, beginning) })
}

// Catches: phrases of the first version's private dialect, in names, comments, descriptions, messages and documents.
func TestPlainWords(t *testing.T) {
	if err := exec.Command("git", "rev-parse", "--git-dir").Run(); err != nil {
		t.Skipf("not a git checkout: %v", err)
	}
	tracked, err := exec.Command("git", "ls-files", "-z").Output()
	if err != nil {
		t.Fatal(err)
	}
	// This file has to name the phrases. Generated files follow from what is checked here.
	passed := []string{"house_language_test.go", "graph/", "web/package-lock.json", "clients/package-lock.json"}
	for path := range strings.SplitSeq(strings.TrimRight(string(tracked), "\x00"), "\x00") {
		if under(path, passed) {
			continue
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.IndexByte(text, 0) >= 0 {
			continue
		}
		for _, p := range phrases {
			if under(path, p.except) {
				continue
			}
			for _, at := range p.pattern().FindAllIndex(text, -1) {
				t.Errorf("%s:%d: %q; write: %s", path, 1+bytes.Count(text[:at[0]], []byte("\n")), text[at[0]:at[1]], p.but)
			}
		}
	}
}

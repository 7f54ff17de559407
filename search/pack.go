package search

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"masar"
	"masar/arabic"
)

// analysis counts the changes of how terms are made, beyond those of word lists. Raise it with such a change.
const analysis = "1"

// Version names the analyser: terms of another version are made anew.
var Version = func() string {
	sum := sha256.Sum256([]byte(analysis + kindsText + arabic.Lists()))
	return analysis + "-" + hex.EncodeToString(sum[:4])
}()

// Pack writes the terms of an entity as one text, with the version of the analyser: a line for each part, the terms of a
// part with tabs between them.
func Pack(e masar.Entity) string {
	lines := []string{Version}
	for _, terms := range TermsOf(e) {
		lines = append(lines, strings.Join(terms, "\t"))
	}
	return strings.Join(lines, "\n")
}

// Unpack reads what Pack wrote. It is not ok where another version of the analyser made the terms.
func Unpack(packed string) (terms Terms, ok bool) {
	lines := strings.Split(packed, "\n")
	if lines[0] != Version || len(lines) != 1+int(Parts) {
		return terms, false
	}
	for part, line := range lines[1:] {
		if line != "" {
			terms[part] = strings.Split(line, "\t")
		}
	}
	return terms, true
}

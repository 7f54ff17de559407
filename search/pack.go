package search

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"masar"
	"masar/arabic"
)

// analysis is the version of the code that makes terms. Increase it with each change of that code; changes of word lists
// are detected without it.
const analysis = "1"

// Version identifies the analyser. Terms of another version are made again.
var Version = func() string {
	sum := sha256.Sum256([]byte(analysis + kindsText + arabic.Lists()))
	return analysis + "-" + hex.EncodeToString(sum[:4])
}()

// Pack encodes the terms of an entity as one text, with the version of the analyser: one line for each part, with its
// terms separated by tabs.
func Pack(e masar.Entity) string {
	lines := []string{Version}
	for _, terms := range TermsOf(e) {
		lines = append(lines, strings.Join(terms, "\t"))
	}
	return strings.Join(lines, "\n")
}

// Unpack decodes the result of Pack. ok is false if another version of the analyser made the terms.
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

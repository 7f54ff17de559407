package server

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"masar"
	"masar/operations"
)

// TrustedDocuments are documents by the SHA-256 of their text, in hexadecimal digits. They are the only ones that clients
// may run. Nil allows all documents, an empty map none.
type TrustedDocuments map[string]string

// hashPrefix is the prefix of a document's id in the GraphQL over HTTP draft. It may be left out.
const hashPrefix = "sha256:"

// ParseTrustedDocuments parses a file that GraphQL tools write: a JSON object with the text of each document by its
// SHA-256, with or without the prefix sha256:.
func ParseTrustedDocuments(file []byte) (TrustedDocuments, error) {
	var given map[string]string
	if json.Unmarshal(file, &given) != nil || given == nil {
		return nil, errors.New(`not a JSON object of the form {"SHA-256 of a document": "document"}`)
	}
	trusted := TrustedDocuments{}
	for id, document := range given {
		hash := hashOf(document)
		if readHash(id) != hash {
			return nil, fmt.Errorf("%q is not the SHA-256 of its document, which is %s: let your tool hash documents with SHA-256 (hashAlgorithm: sha256)",
				operations.Shorten(id, 80), hash)
		}
		trusted[hash] = document
	}
	return trusted, nil
}

// readHash is the hash in the id of a document.
func readHash(id string) string { return strings.ToLower(strings.TrimPrefix(id, hashPrefix)) }

func hashOf(document string) string {
	sum := sha256.Sum256([]byte(document))
	return hex.EncodeToString(sum[:])
}

// document returns the text of the document that a client asks for by its text, by its id, or by both. Both are empty if
// they are not given.
func (t TrustedDocuments) document(text, id string) (string, *masar.Error) {
	hash := readHash(id)
	if id == "" {
		hash = hashOf(text)
	}
	document, is := t[hash]
	if !is || text != "" && text != document {
		return "", masar.NewError(masar.CodeUntrustedDocument, "error.document.untrusted", nil)
	}
	return document, nil
}

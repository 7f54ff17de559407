// Package ingest imports texts of documents into the graph. It checks that a file is a text, and finds the document and
// version by the hash. Passages are then cut from the text and compared with their hashes.
package ingest

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"masar"
)

// MaxBytes is the maximum size of a text. A source is one document, and the longest reports have a few megabytes.
const MaxBytes = 16 << 20

// File is a file with its text. The name is for messages.
type File struct {
	Name string
	Text *masar.SourceText
	// Differs says in what the file differs from the known text that Text is; empty if the file has the bytes of Text.
	Differs []Difference
}

// Read reads a file of at most MaxBytes. The error is that of the reader, or has code BAD_INPUT.
func Read(name string, r io.Reader) (File, error) {
	raw, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return File{}, err
	}
	text, err := Text(name, raw)
	return File{Name: name, Text: text}, err
}

// Text returns the text of a file; its document is not set. The hash is of the bytes as they are. The name is for the
// errors, which have code BAD_INPUT.
func Text(name string, raw []byte) (*masar.SourceText, error) {
	switch {
	case len(raw) == 0:
		return nil, masar.NewError(masar.CodeBadInput, "error.document.empty", masar.Args{"file": name})
	case len(raw) > MaxBytes:
		return nil, masar.NewError(masar.CodeBadInput, "error.document.large", masar.Args{"file": name, "allowed": MaxBytes >> 20})
	case bytes.HasPrefix(raw, []byte("\xff\xfe")), bytes.HasPrefix(raw, []byte("\xfe\xff")):
		return nil, masar.NewError(masar.CodeBadInput, "error.document.utf16", masar.Args{"file": name})
	case bytes.HasPrefix(raw, []byte("%PDF-")):
		return nil, masar.NewError(masar.CodeBadInput, "error.document.pdf", masar.Args{"file": name})
	}
	if at := fault(raw); at >= 0 {
		line := 1 + bytes.Count(raw[:at], []byte("\n"))
		if raw[at] == 0 {
			return nil, masar.NewError(masar.CodeBadInput, "error.document.nul", masar.Args{"file": name, "line": line, "byte": at})
		}
		return nil, masar.NewError(masar.CodeBadInput, "error.document.encoding", masar.Args{
			"file": name, "value": fmt.Sprintf("%#02x", raw[at]), "line": line, "byte": at,
		})
	}
	return sourceText(raw), nil
}

func sourceText(raw []byte) *masar.SourceText {
	sum := sha256.Sum256(raw)
	return &masar.SourceText{SHA256: hex.EncodeToString(sum[:]), Length: utf8.RuneCount(raw), Text: string(raw)}
}

// fault is the offset of the first byte that is NUL or invalid UTF-8; -1 if there is none.
func fault(raw []byte) int {
	for at := 0; at < len(raw); {
		r, size := utf8.DecodeRune(raw[at:])
		if r == 0 || r == utf8.RuneError && size == 1 {
			return at
		}
		at += size
	}
	return -1
}

// Recognise returns the document that has a version with the text's hash.
func Recognise(text *masar.SourceText, documents []*masar.Document) (ref masar.Ref, known bool) {
	for _, d := range documents {
		if slices.ContainsFunc(d.Versions, func(v masar.DocumentVersion) bool { return v.SHA256 == text.SHA256 }) {
			return d.Ref(), true
		}
	}
	return masar.Ref{}, false
}

// Match sets the document of every file that is a known version, or a copy of one with another byte order mark or other
// line ends. It returns the other files, and the documents with versions that no file has.
func Match(files []File, documents []*masar.Document) (unknown []File, missing []*masar.Document) {
	found := map[masar.Ref]bool{}
	for i := range files {
		f := &files[i]
		f.restore(documents)
		ref, known := Recognise(f.Text, documents)
		if !known {
			unknown = append(unknown, *f)
			continue
		}
		f.Text.Document, found[ref] = ref, true
	}
	for _, d := range documents {
		if len(d.Versions) > 0 && !found[d.Ref()] {
			missing = append(missing, d)
		}
	}
	return unknown, missing
}

// Assign sets the document of a text: the document that has this version, or else the document with the code. In the
// second case the text is a new version, and no quotation is shown from it. The name is for the error, which has code
// BAD_INPUT if the document is unknown or does not have the given code.
func Assign(name string, text *masar.SourceText, documents []*masar.Document, code string) error {
	ref, known := Recognise(text, documents)
	at := slices.IndexFunc(documents, func(d *masar.Document) bool { return d.Code == code })
	switch {
	case known && code != "" && code != ref.Code:
		return masar.NewError(masar.CodeBadInput, "error.document.other", masar.Args{"file": name, "document": ref, "code": code})
	case known:
		text.Document = ref
	case code == "":
		return masar.NewError(masar.CodeBadInput, "error.document.unknown", masar.Args{"file": name, "hash": text.SHA256, "documents": codes(documents)})
	case at < 0:
		return masar.NewError(masar.CodeBadInput, "error.document.missing", masar.Args{"file": name, "code": code, "documents": codes(documents)})
	default:
		text.Document = documents[at].Ref()
	}
	return nil
}

// codes lists the codes of the documents that have a version.
func codes(documents []*masar.Document) string {
	var out []string
	for _, d := range documents {
		if len(d.Versions) > 0 {
			out = append(out, d.Code)
		}
	}
	slices.SortFunc(out, masar.CompareCodes)
	return strings.Join(out, ", ")
}

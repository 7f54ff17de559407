package ingest

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"
	"unicode/utf8"

	"masar"
)

func TestText(t *testing.T) {
	for _, c := range []struct{ name, raw, fault string }{
		{name: "Arabic", raw: "مصر\nOman\n"},
		{name: "without a last line end", raw: "مصر"},
		{name: "other line ends", raw: "مصر\r\nOman\r\n"},
		{name: "a byte order mark", raw: "\ufeffمصر"},
		{name: "outside the first plane", raw: "\U0001D11E"},
		{name: "the sign for what could not be decoded", raw: "\ufffd"},
		{name: "controls and overrides of direction", raw: "a\t\u202eb\u200c\x0c"},
		{name: "as long as allowed", raw: strings.Repeat("a", MaxBytes)},

		{name: "empty", raw: "", fault: "error.document.empty file=x.txt"},
		{name: "too long", raw: strings.Repeat("a", MaxBytes+1), fault: "error.document.large allowed=16 file=x.txt"},
		{name: "Windows", raw: "abc\nab\xe3\xd5\xd1", fault: "error.document.encoding byte=6 file=x.txt line=2 value=0xe3"},
		{name: "cut short", raw: "مص\xd8", fault: "error.document.encoding byte=4 file=x.txt line=1 value=0xd8"},
		{name: "surrogate", raw: "a\xed\xa0\x80", fault: "error.document.encoding byte=1 file=x.txt line=1 value=0xed"},
		{name: "overlong", raw: "\xc0\x80", fault: "error.document.encoding byte=0 file=x.txt line=1 value=0xc0"},
		{name: "NUL", raw: "ab\n\x00", fault: "error.document.nul byte=3 file=x.txt line=2"},
		{name: "the first fault counts", raw: "a\x00\xff", fault: "error.document.nul byte=1 file=x.txt line=1"},
		{name: "UTF-16", raw: "\xff\xfeE\x06", fault: "error.document.utf16 file=x.txt"},
		{name: "UTF-16 the other way", raw: "\xfe\xff\x06E", fault: "error.document.utf16 file=x.txt"},
		{name: "PDF", raw: "%PDF-1.7\n%\xe2\xe3\xcf\xd3", fault: "error.document.pdf file=x.txt"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text, err := Text("x.txt", []byte(c.raw))
			if c.fault != "" {
				if text != nil || err == nil || !strings.Contains(err.Error(), c.fault) || masar.ErrorCode(err) != masar.CodeBadInput {
					t.Errorf("text %v, error %v; want %s", text, err, c.fault)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			sum := sha256.Sum256([]byte(c.raw))
			if text.SHA256 != hex.EncodeToString(sum[:]) || text.Length != len([]rune(c.raw)) || text.Text != c.raw || !text.Document.IsZero() {
				t.Errorf("%s, %d runes, of %v", text.SHA256, text.Length, text.Document)
			}
		})
	}
}

// FuzzText checks that accepted text is stored unchanged, and that invalid text is refused.
func FuzzText(f *testing.F) {
	for _, seed := range []string{"", "مصر\n", "a\x00", "\xff\xfe", "\xc0\x80", "\ufeff", "%PDF-", "a\r\n\xe3"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		text, err := Text("x.txt", raw)
		switch {
		case (text == nil) == (err == nil):
			t.Fatalf("text %v and error %v", text, err)
		case err != nil:
			if masar.ErrorCode(err) != masar.CodeBadInput || !strings.Contains(err.Error(), "x.txt") || strings.Contains(err.Error(), "%!") {
				t.Errorf("error %v", err)
			}
			return
		case !utf8.Valid(raw) || strings.Contains(string(raw), "\x00") || len(raw) == 0:
			t.Error("invalid text is accepted")
		case text.Text != string(raw) || text.Length != utf8.RuneCount(raw):
			t.Error("the text was changed")
		}
		whole := masar.Passage{Version: text.SHA256, Start: 0, End: text.Length, SHA256: text.SHA256}
		if quote, status := whole.Quote(text); status != masar.QuoteVerified || quote.Value != string(raw) {
			t.Errorf("the whole text quoted: %s", status)
		}
	})
}

func document(code string, versions ...string) *masar.Document {
	d := &masar.Document{Header: masar.Header{Kind: masar.KindDocument, Code: code}}
	for _, v := range versions {
		d.Versions = append(d.Versions, masar.DocumentVersion{SHA256: v, Length: 1})
	}
	return d
}

func TestAssign(t *testing.T) {
	documents := []*masar.Document{document("PAGE-10", "a", "b"), document("PAGE-9", "c"), document("TABLE")}
	for _, c := range []struct{ name, sha, code, want, fault string }{
		{name: "a version that is known", sha: "b", want: "PAGE-10"},
		{name: "known and named", sha: "c", code: "PAGE-9", want: "PAGE-9"},
		{name: "known as another's", sha: "c", code: "PAGE-10", fault: "error.document.other code=PAGE-10 document=DOCUMENT/PAGE-9 file=x.txt"},
		{name: "known and named wrong", sha: "c", code: "PAGE-11", fault: "error.document.other code=PAGE-11 document=DOCUMENT/PAGE-9 file=x.txt"},
		{name: "another version", sha: "d", code: "PAGE-9", want: "PAGE-9"},
		{name: "the first version", sha: "d", code: "TABLE", want: "TABLE"},
		{name: "not known", sha: "d", fault: "error.document.unknown documents=PAGE-9, PAGE-10 file=x.txt hash=d"},
		{name: "named wrong", sha: "d", code: "PAGE-11", fault: "error.document.missing code=PAGE-11 documents=PAGE-9, PAGE-10 file=x.txt"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := &masar.SourceText{SHA256: c.sha}
			err := Assign("x.txt", text, documents, c.code)
			if c.fault != "" {
				if err == nil || !strings.Contains(err.Error(), c.fault) || masar.ErrorCode(err) != masar.CodeBadInput || !text.Document.IsZero() {
					t.Errorf("of %v, error %v; want %s", text.Document, err, c.fault)
				}
				return
			}
			if want := (masar.Ref{Kind: masar.KindDocument, Code: c.want}); err != nil || text.Document != want {
				t.Errorf("of %v, error %v", text.Document, err)
			}
		})
	}
}

func TestRecognise(t *testing.T) {
	text := &masar.SourceText{SHA256: "a"}
	if ref, known := Recognise(text, []*masar.Document{document("X", "b"), document("Y", "c", "a")}); !known || ref.String() != "DOCUMENT/Y" {
		t.Errorf("%v, %t", ref, known)
	}
	if ref, known := Recognise(text, nil); known || !ref.IsZero() {
		t.Errorf("%v, %t", ref, known)
	}
}

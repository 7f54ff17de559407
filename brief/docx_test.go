package brief

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"masar"
	"masar/internal/brieftest"
)

// editions are the languages of a brief as a reader can ask for them.
var editions = [][]masar.Language{{masar.Arabic}, {masar.English}, {masar.Arabic, masar.English}}

func eachEdition(t *testing.T, test func(*testing.T, Brief)) {
	for _, languages := range editions {
		b := fixture(languages...)
		t.Run(b.LanguageTags(), func(t *testing.T) { test(t, b) })
	}
}

// wordFile are the parts of a brief as a Word file.
func wordFile(t *testing.T, b Brief) map[string]brieftest.Element {
	t.Helper()
	file, err := DOCX(b)
	if err != nil {
		t.Fatal(err)
	}
	again, err := DOCX(b)
	if err != nil || !bytes.Equal(file, again) {
		t.Errorf("a second file has other bytes: %v", err)
	}
	parts, err := brieftest.Unzip(file)
	if err != nil {
		t.Fatal(err)
	}
	return parts
}

// pageText is the text of a brief as HTML.
func pageText(t *testing.T, b Brief) string {
	t.Helper()
	file, err := HTML(b)
	if err != nil {
		t.Fatal(err)
	}
	text, err := brieftest.HTMLText(file)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// Catches: a Word file whose text is not that of the HTML, in another order, or without the numbers of its sources.
func TestWordHasTheTextOfTheHTML(t *testing.T) {
	eachEdition(t, func(t *testing.T, b Brief) {
		got := wordFile(t, b)["word/document.xml"].Words()
		if difference := brieftest.Difference(got, pageText(t, b)); difference != "" || got == "" {
			t.Error(difference)
		}
	})
}

// Catches: a part that is not well-formed, is not listed, or is missing; a relationship without its target.
func TestPartsOfWord(t *testing.T) {
	eachEdition(t, func(t *testing.T, b Brief) {
		parts := wordFile(t, b)
		if len(parts) != len(docxParts) {
			t.Errorf("%d parts", len(parts))
		}
		for _, o := range parts["[Content_Types].xml"].All("Override") {
			if _, ok := parts[strings.TrimPrefix(o.Attr("PartName"), "/")]; !ok {
				t.Errorf("%s is listed and missing", o.Attr("PartName"))
			}
		}
		document := parts["word/document.xml"]
		links := map[string]string{}
		for _, r := range parts["word/_rels/document.xml.rels"].All("Relationship") {
			links[r.Attr("Id")] = r.Attr("Target")
			if _, ok := parts["word/"+r.Attr("Target")]; !ok && r.Attr("TargetMode") != "External" {
				t.Errorf("%s leads to %s, which is missing", r.Attr("Id"), r.Attr("Target"))
			}
		}
		var addresses []string
		for _, h := range document.All("hyperlink") {
			if id := h.Attr("id"); id != "" {
				addresses = append(addresses, links[id])
			}
		}
		if !slices.Contains(addresses, "https://example.org/%D8%AA%D9%82%D8%B1%D9%8A%D8%B1?x=1&y=2%203") || slices.Contains(addresses, "") {
			t.Errorf("links to %q", addresses)
		}
	})
}

// Catches: a citation that leads nowhere or to another source, and brackets that can part from their number.
func TestCitationsInWord(t *testing.T) {
	eachEdition(t, func(t *testing.T, b Brief) {
		document := wordFile(t, b)["word/document.xml"]
		var marks []string
		for _, m := range document.All("bookmarkStart") {
			marks = append(marks, m.Attr("name"))
		}
		if !slices.Equal(marks, []string{"source_1", "source_2"}) {
			t.Errorf("bookmarks %v", marks)
		}
		cites := 0
		for _, h := range document.All("hyperlink") {
			number, is := strings.CutPrefix(h.Attr("anchor"), "source_")
			if !is {
				continue
			}
			cites++
			if text := h.All("t")[0].Text; text != "[\u2060"+number+"\u2060]" || !slices.Contains(marks, h.Attr("anchor")) {
				t.Errorf("%q leads to %s", text, h.Attr("anchor"))
			}
		}
		if cites != 3*len(b.Texts) {
			t.Errorf("%d citations", cites)
		}
	})
}

// Catches: an Arabic paragraph, run or table that Word lays out from left to right, and the reverse; a quotation that loses
// its direction.
func TestDirectionsInWord(t *testing.T) {
	eachEdition(t, func(t *testing.T, b Brief) {
		document := wordFile(t, b)["word/document.xml"]
		for _, r := range document.All("r") {
			isArabic := strings.ContainsFunc(r.All("t")[0].Text, func(c rune) bool { return unicode.Is(unicode.Arabic, c) && unicode.IsLetter(c) })
			isLatin := strings.ContainsFunc(r.All("t")[0].Text, func(c rune) bool { return unicode.Is(unicode.Latin, c) })
			if rtl := r.Has("rtl"); isArabic && !rtl || isLatin && rtl || isArabic && isLatin {
				t.Errorf("rtl %t: %q", rtl, r.All("t")[0].Text)
			}
		}
		for _, p := range document.All("p") {
			text := brieftest.Element{Children: []brieftest.Element{p}}.Words()
			isForeign := strings.Contains(text, "Trust in public") || strings.Contains(text, "https://example.org/تقرير")
			if isRTL := p.Has("bidi"); len(b.Texts) == 1 && isRTL != (b.Texts[0].Language == masar.Arabic && !isForeign) {
				t.Errorf("bidi %t: %s", isRTL, text)
			}
		}
		visual := 0
		for _, table := range document.All("tbl") {
			visual += len(table.All("bidiVisual"))
			if rows := table.All("tr"); len(rows[0].All("tblHeader")) != 1 || len(table.All("tblHeader")) != 1 {
				t.Error("the first row of a table, and no other, repeats on each page")
			}
		}
		if want := strings.Count(b.LanguageTags(), "ar"); visual != want || len(document.All("sectPr")[0].All("bidi")) != want {
			t.Errorf("%d tables from right to left", visual)
		}
	})
}

// Catches: headings that Word's outline and screen readers do not know, and a file without its title, language or page
// numbers.
func TestWordFilesAreAccessible(t *testing.T) {
	eachEdition(t, func(t *testing.T, b Brief) {
		parts := wordFile(t, b)
		levels := map[string]string{}
		for _, s := range parts["word/styles.xml"].All("style") {
			if level := s.All("outlineLvl"); len(level) > 0 {
				levels[s.Attr("styleId")] = s.All("name")[0].Attr("val") + " " + level[0].Attr("val")
			}
		}
		var outline []string
		for _, p := range parts["word/document.xml"].All("p") {
			if level := levels[p.All("pStyle")[0].Attr("val")]; level != "" {
				outline = append(outline, level)
			}
		}
		one, two := "heading 1 0", "heading 2 1"
		want := map[int][]string{1: {one, two, two, two}, 2: {one, two, one, two, two, two, two}}[len(b.Texts)]
		if !slices.Equal(outline, want) {
			t.Errorf("outline %q", outline)
		}
		core := parts["docProps/core.xml"]
		if core.All("title")[0].Text != b.title() || core.All("language")[0].Text != b.LanguageTags() {
			t.Errorf("properties: %s", parts["docProps/core.xml"])
		}
		var footer strings.Builder
		for _, r := range parts["word/footer.xml"].All("r") {
			for _, c := range r.Children {
				footer.WriteString(c.Text)
			}
		}
		for _, text := range b.Texts {
			if want := map[masar.Language]string{masar.Arabic: "الصفحة  PAGE 1 من  NUMPAGES 1", masar.English: "Page  PAGE 1 of  NUMPAGES 1"}[text.Language]; !strings.Contains(footer.String(), want) {
				t.Errorf("the footer has %q, not %q", footer.String(), want)
			}
		}
	})
}

// Catches: a Word file that LibreOffice does not open, or that loses words in it. It runs where MASAR_SOFFICE names
// LibreOffice, as in CI.
func TestLibreOfficeOpensWordFiles(t *testing.T) {
	soffice := os.Getenv("MASAR_SOFFICE")
	if soffice == "" {
		t.Skip("MASAR_SOFFICE names no LibreOffice")
	}
	eachEdition(t, func(t *testing.T, b Brief) {
		dir := t.TempDir()
		file, err := DOCX(b)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "brief.docx"), file, 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := exec.CommandContext(t.Context(), soffice, "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", "fodt", "--outdir", dir, filepath.Join(dir, "brief.docx")).CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		converted, err := os.ReadFile(filepath.Join(dir, "brief.fodt"))
		if err != nil {
			t.Fatal(err)
		}
		want := pageText(t, b)
		for _, source := range b.Sources { // LibreOffice numbers the list itself
			want = strings.Replace(want, "["+strconv.Itoa(source.Number)+"]"+source.Title[b.Texts[0].Language], source.Title[b.Texts[0].Language], 1)
		}
		if difference := brieftest.Difference(fodtText(t, converted), want); difference != "" {
			t.Error(difference)
		}
	})
}

// fodtText is the text of the body of an OpenDocument file.
func fodtText(t *testing.T, file []byte) string {
	t.Helper()
	var b strings.Builder
	d := xml.NewDecoder(bytes.NewReader(file))
	inBody := false
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return b.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			inBody = inBody || e.Name.Local == "body"
		case xml.CharData:
			if inBody {
				b.Write(e)
			}
		}
	}
}

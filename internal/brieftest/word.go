package brieftest

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// Element is an element of a part of a Word file.
type Element struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Children []Element  `xml:",any"`
	Text     string     `xml:",chardata"`
}

// Attr is the value of an attribute, by its name without a prefix; empty if there is none.
func (e Element) Attr(name string) string {
	for _, a := range e.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// All are the elements of a name inside the element, in order.
func (e Element) All(name string) (found []Element) {
	for _, c := range e.Children {
		if c.XMLName.Local == name {
			found = append(found, c)
		}
		found = append(found, c.All(name)...)
	}
	return found
}

// Has reports whether there is an element of a name inside the element.
func (e Element) Has(name string) bool { return len(e.All(name)) > 0 }

// Words is the text of the paragraphs in the element as a reader of Word sees it, with the numbers of sources.
func (e Element) Words() string {
	var b strings.Builder
	for _, p := range e.All("p") {
		if style := p.All("pStyle"); len(style) > 0 && style[0].Attr("val") == "Source" {
			fmt.Fprintf(&b, "[%s]", p.All("bookmarkStart")[0].Attr("id"))
		}
		for _, t := range p.All("t") {
			b.WriteString(t.Text)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// Unzip parses the parts of a Word file. A part that is not well-formed is an error.
func Unzip(file []byte) (map[string]Element, error) {
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return nil, err
	}
	parts := map[string]Element{}
	for _, f := range z.File {
		part, err := parse(f)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		parts[f.Name] = part
	}
	return parts, nil
}

func parse(f *zip.File) (root Element, err error) {
	r, err := f.Open()
	if err != nil {
		return root, err
	}
	defer r.Close()
	text, err := io.ReadAll(r)
	if err != nil {
		return root, err
	}
	return root, xml.Unmarshal(text, &root)
}

// WordText is the text of a Word file.
func WordText(file []byte) (string, error) {
	parts, err := Unzip(file)
	if err != nil {
		return "", err
	}
	return parts["word/document.xml"].Words(), nil
}

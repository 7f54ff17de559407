package main

import (
	"bytes"
	"fmt"
	"strings"
	"text/tabwriter"
)

// notice is the file NOTICE: what the binaries contain, under which licences, and what must be passed on with it.
func notice(parts []part) []byte {
	var b bytes.Buffer
	b.WriteString(`Masar
Copyright the authors of Masar

Masar is licensed under the Apache License, Version 2.0 (see LICENSE). Figures and
texts in the graph belong to their publishers, who are named with each of them.

The binary contains the software below, without changes. Its licences are in
THIRD-PARTY-LICENSES. "npm" marks packages from which the pages are built. The
source code of software under MPL-2.0 is at the address that its name begins with,
in the version given: https://github.com/hashicorp/... for github.com/hashicorp/...

`)
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	for _, p := range parts {
		fmt.Fprintf(w, "%s\t%s\t%s\n", p.title(), p.version, strings.Join(p.licences, ", "))
	}
	_ = w.Flush() // a buffer takes everything
	for _, p := range parts {
		for _, n := range p.notices {
			heading(&b, p, n.path)
			b.Write(bytes.TrimSpace(n.content))
			b.WriteString("\n")
		}
	}
	return b.Bytes()
}

// licenceTexts is the file THIRD-PARTY-LICENSES: the licence files of all parts. Equal ones of several parts stand once.
func licenceTexts(parts []part) []byte {
	var b bytes.Buffer
	b.WriteString("Licences of the software in the binary of Masar. NOTICE lists it with versions.\n")
	where := map[string]string{}
	for _, p := range parts {
		if len(p.files) == 0 {
			heading(&b, p, "package.json")
			fmt.Fprintf(&b, "The package names its licence, %s, and contains no text of it.\n", p.declared)
		}
		for _, f := range p.files {
			heading(&b, p, f.path)
			content := strings.TrimSpace(string(f.content))
			if same := where[content]; same != "" {
				fmt.Fprintf(&b, "The text is that of %s above.\n", same)
				continue
			}
			where[content] = p.title() + ", " + f.path
			b.WriteString(content + "\n")
		}
	}
	return b.Bytes()
}

func heading(b *bytes.Buffer, p part, file string) {
	fmt.Fprintf(b, "\n%s\n%s %s, %s\n\n", strings.Repeat("=", 80), p.title(), p.version, file)
}

// title is the name of a part for readers.
func (p part) title() string {
	if p.name == "std" {
		return "Go (standard library)"
	}
	return p.name
}

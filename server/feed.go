package server

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"net/http"
	"strings"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"masar"
	"masar/words"
)

// feedOperation asks for the newest changes.
const feedOperation = `query Feed($lang: [Language!]) {
  changes(last: 100) {
    nodes {
      sequence snapshot at kind code action
      record {
        __typename
        ... on Entity { title(lang: $lang) { value } }
        ... on Claim { retirement { cause } sentence(lang: $lang) { value } }
        ... on Evidence { retirement { cause } claim { retirement { cause } sentence(lang: $lang) { value } } }
      }
    }
  }
}`

// feedAnswer is the answer of feedOperation.
type feedAnswer struct {
	Changes struct {
		Nodes []feedChange `json:"nodes"`
	} `json:"changes"`
}

type feedChange struct {
	Sequence int                `json:"sequence"`
	Snapshot string             `json:"snapshot"`
	At       string             `json:"at"`
	Kind     masar.RecordType   `json:"kind"`
	Code     string             `json:"code"`
	Action   masar.ChangeAction `json:"action"`
	Record   *feedRecord        `json:"record"`
}

type feedRecord struct {
	Title      *feedText `json:"title"`
	Sentence   *feedText `json:"sentence"`
	Retirement *struct {
		Cause masar.RetirementCause `json:"cause"`
	} `json:"retirement"`
	Claim *feedRecord `json:"claim"`
}

type feedText struct {
	Value string `json:"value"`
}

// isShown reports whether readers find the record by its address.
func (c feedChange) isShown() bool {
	for r := c.Record; r != nil; r = r.Claim {
		if r.Retirement != nil && r.Retirement.Cause == masar.Harmful {
			return false
		}
	}
	return c.Record != nil
}

// subject says what has changed.
func (c feedChange) subject() string {
	for r := c.Record; r != nil; r = r.Claim {
		for _, t := range []*feedText{r.Title, r.Sentence} {
			if t != nil {
				return t.Value
			}
		}
	}
	return c.Code
}

// The parts of an Atom feed (RFC 4287).
type (
	atomFeed struct {
		XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
		Lang    string      `xml:"xml:lang,attr"`
		ID      string      `xml:"id"`
		Title   string      `xml:"title"`
		Updated string      `xml:"updated"`
		Links   []atomLink  `xml:"link"`
		Author  atomAuthor  `xml:"author"`
		Entries []atomEntry `xml:"entry"`
	}
	atomAuthor struct {
		Name string `xml:"name"`
	}
	atomLink struct {
		Rel  string `xml:"rel,attr,omitempty"`
		Type string `xml:"type,attr,omitempty"`
		Href string `xml:"href,attr"`
	}
	atomEntry struct {
		ID      string   `xml:"id"`
		Title   string   `xml:"title"`
		Updated string   `xml:"updated"`
		Link    atomLink `xml:"link"`
		Summary string   `xml:"summary"`
	}
)

// feed serves the newest changes as Atom.
type feed struct{ pages }

// ServeHTTP answers a GET or HEAD.
func (f feed) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Add("Vary", "Accept-Language")
	lang, err := f.lang(r)
	if err != nil {
		call{w, r, plainJSON}.refuse(f.operations.Present(r.Context(), err))
		return
	}
	data, failed := f.run(w, r, feedOperation, map[string]any{"lang": []masar.Language{lang, lang.Other()}})
	if len(failed) > 0 {
		call{w, r, plainJSON}.refuse(gqlerror.List(failed)[0])
		return
	}
	var answer feedAnswer
	if err := json.Unmarshal(data, &answer); err != nil {
		panic(err) // a test reads an answer
	}
	var body bytes.Buffer
	body.WriteString(xml.Header)
	e := xml.NewEncoder(&body)
	e.Indent("", "  ")
	if err := e.Encode(f.atom(r, lang, answer)); err != nil {
		panic(err) // texts always encode
	}
	w.Header().Set("Content-Language", strings.ToLower(string(lang)))
	answerWhole(w, r, "application/atom+xml; charset=utf-8", append(body.Bytes(), '\n'))
}

func (f feed) lang(r *http.Request) (masar.Language, error) {
	query, err := queryOf(r)
	if err != nil {
		return "", err
	}
	if err := known("changes.atom", query, []string{"lang"}); err != nil {
		return "", err
	}
	return langOf(r, query)
}

// atom is the feed of changes, newest first. It leaves out records that readers do not see.
func (f feed) atom(r *http.Request, lang masar.Language, answer feedAnswer) atomFeed {
	base := strings.TrimSuffix(f.public.base(r), "/")
	code := strings.ToLower(string(lang))
	self := base + "/feeds/changes.atom?lang=" + code
	a := atomFeed{
		Lang: code, ID: self, Title: words.Say(lang, "feed.title", nil), Author: atomAuthor{"Masar"},
		Links: []atomLink{{"self", "application/atom+xml", self}, {"alternate", "text/html", base + "/" + code + "/"}},
	}
	nodes := answer.Changes.Nodes
	for i := len(nodes) - 1; i >= 0; i-- {
		c := nodes[i]
		if a.Updated == "" {
			a.Updated = c.At
		}
		if !c.isShown() {
			continue
		}
		ref := masar.RecordRef{Type: c.Kind, Key: c.Code}
		a.Entries = append(a.Entries, atomEntry{
			ID: base + ref.Permalink() + "#" + c.Snapshot, Title: c.subject(), Updated: c.At, Link: atomLink{"alternate", "", base + ref.Permalink()},
			Summary: words.Say(lang, "feed.change", masar.Args{"kind": c.Kind, "action": c.Action}),
		})
	}
	if a.Updated == "" {
		a.Updated = "1970-01-01T00:00:00Z"
	}
	return a
}

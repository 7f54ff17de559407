package web

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"masar"
	"masar/words"
)

// newsOf writes the news of a home page, one line for each snapshot.
func newsOf(total int, changes ...change) string {
	v := new(homeView)
	v.Changes = &struct {
		TotalCount int      `json:"totalCount"`
		Nodes      []change `json:"nodes"`
	}{total, changes}
	var lines []string
	for _, n := range v.News() {
		var said []string
		for _, c := range n.Counts {
			said = append(said, words.Say(masar.English, c.Phrase.Key, c.Phrase.Args))
		}
		lines = append(lines, n.At+": "+strings.Join(said, ", "))
	}
	return strings.Join(lines, "\n")
}

func changed(snapshot int, kind masar.RecordType, action masar.ChangeAction) change {
	return change{fmt.Sprint(snapshot), fmt.Sprintf("day %d", snapshot), kind, action}
}

// Catches: the first filling shown as news, news in the wrong order, a number of changes that is only a part, and more
// lines than the page has room for.
func TestNews(t *testing.T) {
	topic := masar.RecordType(masar.KindTopic)
	filled := changed(1, topic, masar.ChangeCreated)
	claim, claimChanged, text := changed(2, masar.RecordClaim, masar.ChangeCreated), changed(2, masar.RecordClaim, masar.ChangeUpdated), changed(3, masar.RecordText, masar.ChangeCreated)
	var many []change
	for i := range 8 {
		many = append(many, changed(i+2, topic, masar.ChangeUpdated))
	}
	for _, c := range []struct {
		name, got, want string
	}{
		{"an empty graph", newsOf(0), ""},
		{"only the first filling", newsOf(2, filled, filled), ""},
		{"two snapshots", newsOf(9, filled, claim, claim, claimChanged, text), "day 3: 1 source text imported\nday 2: 2 claims added, 1 claim changed"},
		{"a part of a snapshot", newsOf(9, claim, claim, text), "day 3: 1 source text imported\nday 2: At least 2 records added or changed"},
		{"all changes, without a first filling", newsOf(2, claim, text), "day 3: 1 source text imported\nday 2: 1 claim added"},
		{"many snapshots", newsOf(8, many...), "day 9: 1 other record added or changed\nday 8: 1 other record added or changed\nday 7: 1 other record added or changed\nday 6: 1 other record added or changed\nday 5: 1 other record added or changed"},
	} {
		if c.got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, c.got, c.want)
		}
	}
}

// Catches: a mark that loses, repeats or moves a character of the text.
func TestMarksKeepTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.String().Draw(t, "value")
		length, at := len([]rune(value)), 0
		h := Highlight{Value: value}
		var want strings.Builder
		for at < length && rapid.Bool().Draw(t, "another") {
			start := rapid.IntRange(at, length-1).Draw(t, "start")
			end := rapid.IntRange(start+1, length).Draw(t, "end")
			h.Ranges = append(h.Ranges, struct {
				Start int `json:"start"`
				End   int `json:"end"`
			}{start, end})
			want.WriteString(string([]rune(value)[start:end]))
			at = end
		}
		var text, marked strings.Builder
		for _, p := range h.pieces() {
			text.WriteString(p.Text)
			if p.IsMarked {
				marked.WriteString(p.Text)
			}
		}
		if whole := string([]rune(value)); text.String() != whole || marked.String() != want.String() {
			t.Fatalf("%q becomes %q with %q marked, want %q", whole, text.String(), marked.String(), want.String())
		}
	})
}

// Catches: a word that leads to a page instead of results, and a code in another spelling that does not lead to its page.
func TestNamedBy(t *testing.T) {
	entities := []EntityHeading{
		{Kind: masar.KindTopic, Code: "skills"}, {Kind: masar.KindChallenge, Code: "skills"}, {Kind: masar.KindSdgTarget, Code: "16.6"},
		{Kind: masar.KindSdgIndicator, Code: "16.6.1"}, {Kind: masar.KindCountry, Code: "EGY"}, {Kind: masar.KindTopic, Code: "digital-identity"},
		{Kind: masar.KindInitiative, Code: "ICTDAR"}, {Kind: masar.KindOrganization, Code: "ICTDAR"}, {Kind: masar.KindSdgTarget, Code: "9.c"},
	}
	for text, want := range map[string]string{
		"16.6": "16.6", " 16-6 ": "16.6", "١٦٫٦": "16.6", "9-ج": "9.c", "egy": "EGY", "EGY": "EGY",
		"skills": "", "digital-identity": "", "ICTDAR": "", "16": "", "Egypt": "", "": "",
	} {
		got := ""
		if e := namedBy(text, entities); e != nil {
			got = e.Code
		}
		if got != want {
			t.Errorf("%q names %q, want %q", text, got, want)
		}
	}
}

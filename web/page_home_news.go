package web

import (
	"slices"

	"masar"
)

// change is the write of a record.
type change struct {
	Snapshot string             `json:"snapshot"`
	At       string             `json:"at"`
	Kind     masar.RecordType   `json:"kind"`
	Action   masar.ChangeAction `json:"action"`
}

// News are the changes of one snapshot.
type News struct {
	At     string
	Counts []NewsCount
}

// NewsCount is what has changed, as a phrase with a number, and the path of the list that shows it.
type NewsCount struct {
	Phrase masar.Phrase
	Path   string
}

// firstSnapshot is the snapshot that the first filling of the graph creates.
const firstSnapshot = "1"

// maxNews is the number of snapshots on the home page.
const maxNews = 5

// News are the newest snapshots after the first filling of the graph, newest first.
func (v *homeView) News() []News {
	var all []News
	changes := v.Changes.Nodes
	isWhole := len(changes) == v.Changes.TotalCount
	for end := len(changes); end > 0 && len(all) < maxNews; {
		begin := end - 1
		for begin > 0 && changes[begin-1].Snapshot == changes[end-1].Snapshot {
			begin--
		}
		if changes[begin].Snapshot == firstSnapshot {
			break
		}
		all = append(all, News{changes[begin].At, counted(changes[begin:end], begin > 0 || isWhole)})
		end = begin
	}
	return all
}

// FilledAt is the time of the first filling, if a change of it is among the newest changes; otherwise empty.
func (v *homeView) FilledAt() string {
	for _, c := range v.Changes.Nodes {
		if c.Snapshot == firstSnapshot {
			return c.At
		}
	}
	return ""
}

// newsLine is a kind of change: the key of its phrase, the path of the list that shows it, and whether a change is of it.
type newsLine struct {
	key, path string
	isOf      func(change) bool
}

// newsLines are the kinds of changes in the order in which they are shown. A change is of the first that it fits.
var newsLines = []newsLine{
	{"page.home.new.claims", "/claims", func(c change) bool { return c.Kind == masar.RecordClaim && c.Action == masar.ChangeCreated }},
	{"page.home.new.claims_changed", "/claims", func(c change) bool { return c.Kind == masar.RecordClaim }},
	{"page.home.new.evidence", "", func(c change) bool { return c.Kind == masar.RecordEvidence }},
	{"page.home.new.texts", "/documents", func(c change) bool { return c.Kind == masar.RecordText }},
	{"page.home.new.documents", "/documents", func(c change) bool { return c.Kind == masar.RecordType(masar.KindDocument) }},
	{"page.home.new.observations", "/countries", func(c change) bool { return c.Kind == masar.RecordObservation }},
	{"page.home.new.entities", "", func(change) bool { return true }},
}

// counted are the numbers of changes of a snapshot. If the list does not have all of them, only their number is given as a
// lower limit.
func counted(changes []change, isWhole bool) []NewsCount {
	if !isWhole {
		return []NewsCount{{say("page.home.new.many", masar.Args{"n": len(changes)}), ""}}
	}
	numbers := make([]int, len(newsLines))
	for _, c := range changes {
		numbers[slices.IndexFunc(newsLines, func(l newsLine) bool { return l.isOf(c) })]++
	}
	var all []NewsCount
	for i, n := range numbers {
		if n > 0 {
			all = append(all, NewsCount{say(newsLines[i].key, masar.Args{"n": n}), newsLines[i].path})
		}
	}
	return all
}

package dgraph_test

import (
	"fmt"
	"testing"
	"time"

	"masar"
)

// Catches: a past record that has lost a part. Dgraph returns a list as empty at every timestamp once it has been
// emptied and compacted, which happens in the background.
func TestThePastIsWholeOrMissing(t *testing.T) {
	const records = 50
	store := empty(t)
	names := func(title, alias string) *masar.Batch {
		var all []*masar.Topic
		for i := range records {
			e := topic(fmt.Sprint("past", i), title)
			if alias != "" {
				e.OtherNames = []masar.Alias{{Name: alias, Lang: masar.English}}
			}
			all = append(all, e)
		}
		return topics(all...)
	}
	save(t, store, names("First", "Alias"))
	wanted := map[masar.RecordType][]uint64{}
	for _, uid := range numbers(t, store) {
		wanted[masar.RecordType(masar.KindTopic)] = append(wanted[masar.RecordType(masar.KindTopic)], uid)
	}
	time.Sleep(11 * time.Second) // Dgraph compacts a list every ten seconds at most
	past, err := store.Now(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	found := func() int {
		t.Helper()
		content, err := past.Content(t.Context(), wanted)
		if err != nil {
			t.Fatal(err)
		}
		for _, record := range content {
			if h := record.(masar.Entity).Head(); h.Titles.EN.Value != "First" || len(h.OtherNames) != 1 || h.Revision != 1 {
				t.Fatalf("%s of revision %d is %q with %d other names", h.Code, h.Revision, h.Titles.EN.Value, len(h.OtherNames))
			}
		}
		return len(content)
	}
	if n := found(); n != records {
		t.Fatalf("read %d records before the next write", n)
	}
	save(t, store, names("Second", ""))
	for i := range 20 {
		save(t, store, names(fmt.Sprint("Third ", i), ""))
		if n := found(); n < records {
			t.Logf("after %d writes, %d of %d records are readable in their old state", i+2, n, records)
			return
		}
		time.Sleep(300 * time.Millisecond)
	}
	t.Log("Dgraph kept all old versions")
}

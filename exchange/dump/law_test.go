package dump_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/dgraph-io/dgo/v230"
	"github.com/dgraph-io/dgo/v230/protos/api"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"pgregory.net/rapid"

	"masar"
	"masar/dgraph"
	"masar/dgraph/embedded/embeddedtest"
	"masar/exchange/dump"
)

// A life is a random history of a graph. Each step is one write of one of several people.
type life struct {
	*rapid.T
	store     *dgraph.Store
	documents []*masar.Document
	claims    map[masar.ClaimKey]*masar.Claim
	evidence  map[masar.ClaimKey][]*masar.Evidence
	topics    int
}

// text draws a text with what JSON, RDF, Dgraph or a terminal could misread.
func (l *life) text(name string) string {
	plain := rapid.StringOfN(rapid.RuneFrom([]rune("ab\"\\{}<>&'@^_:.،؟لاأ\u00a0\u200f𝄞é%#\n")), 1, 12, -1)
	odd := rapid.SampledFrom([]string{"_STAR_ALL", "uid(0x1)", "<a href='x'>", "null", `\u0041`, "0x10", "* * *", "عنوان \u200f(1)"})
	return "x" + rapid.OneOf(plain, odd).Draw(l.T, name) + "y"
}

func (l *life) both(name string) masar.LocalizedText {
	origin := rapid.SampledFrom([]masar.TextOrigin{"", masar.OriginPublished, masar.OriginTranslated}).Draw(l.T, "origin")
	return masar.LocalizedText{AR: masar.Translation{Value: l.text(name)}, EN: masar.Translation{Value: l.text(name), Origin: origin}}
}

func (l *life) head(kind masar.Kind, code string) masar.Header {
	return masar.Header{Kind: kind, Code: code, Titles: l.both("title"), Summaries: l.both("summary")}
}

func (l *life) save(records ...masar.Record) {
	b := &masar.Batch{}
	b.Add(records...)
	write := dgraph.Write{Batch: b, By: rapid.SampledFrom([]string{masar.SeedAuthor, "amal", "سلمى"}).Draw(l.T, "by"), Reason: rapid.SampledFrom([]string{"", "because \"so\"\n"}).Draw(l.T, "reason")}
	if _, err := l.store.Save(l.Context(), write); err != nil {
		l.Fatalf("%v", err)
	}
}

func (l *life) begin() {
	for i := range rapid.IntRange(1, 2).Draw(l.T, "documents") {
		content := strings.Repeat("كلمة word ", 20)
		sum := sha256.Sum256([]byte(content))
		d := &masar.Document{Header: l.head(masar.KindDocument, fmt.Sprint("D-", i)), Form: masar.DocumentReport, Languages: []masar.Language{masar.Arabic}, EvidenceKind: masar.News, Family: "D/" + fmt.Sprint(i),
			Versions: []masar.DocumentVersion{{SHA256: hex.EncodeToString(sum[:]), Length: len([]rune(content))}}}
		l.documents = append(l.documents, d)
		l.save(d)
		if rapid.Bool().Draw(l.T, "imported") {
			l.save(&masar.SourceText{SHA256: d.Versions[0].SHA256, Length: d.Versions[0].Length, Document: d.Ref(), Text: content})
		}
	}
	l.save(&masar.Recommendation{Header: l.head(masar.KindRecommendation, "16.10"), Form: masar.RecommendationStudy, Number: rapid.IntRange(1, 9).Draw(l.T, "number")})
	l.topic()
}

// topic adds a topic, below another one if there is one.
func (l *life) topic() {
	t := &masar.Topic{Header: l.head(masar.KindTopic, l.code(l.topics))}
	if l.topics > 0 && rapid.Bool().Draw(l.T, "below") {
		t.Parent = masar.Ref{Kind: masar.KindTopic, Code: l.code(rapid.IntRange(0, l.topics-1).Draw(l.T, "parent"))}
	}
	l.topics++
	l.save(t)
}

// code is the code of a topic. Codes are not written in the order in which they are sorted.
func (l *life) code(i int) string {
	return []string{"16.10", "16.2", "z", "A", "a-b", "a_b", "9.c", "x.nq"}[i%8] + strings.Repeat("0", i/8)
}

// rename changes a topic.
func (l *life) rename() {
	l.save(&masar.Topic{Header: l.head(masar.KindTopic, l.code(rapid.IntRange(0, l.topics-1).Draw(l.T, "topic")))})
}

// say adds a claim with evidence, or evidence for a claim.
func (l *life) say() {
	c := &masar.Claim{Subject: masar.Ref{Kind: masar.KindRecommendation, Code: "16.10"}, Predicate: masar.Concerns, Object: masar.Ref{Kind: masar.KindTopic, Code: l.code(rapid.IntRange(0, l.topics-1).Draw(l.T, "topic"))},
		Basis: rapid.SampledFrom(masar.Bases).Draw(l.T, "basis"), Status: rapid.SampledFrom([]masar.ClaimStatus{masar.ClaimAccepted, masar.ClaimSubmitted}).Draw(l.T, "status")}
	c.Key = c.NewKey()
	if l.claims[c.Key] != nil {
		return
	}
	if c.Basis == masar.Inferred {
		c.Rationales = l.both("rationale")
	}
	records := []masar.Record{c}
	for i, d := range l.documents {
		e := &masar.Evidence{ClaimKey: c.Key, Stance: masar.Supports, Kind: masar.News, Directness: masar.CuratorsReading, Review: masar.ReviewAccepted, Summaries: l.both("summary")}
		words := []rune(strings.Repeat("كلمة word ", 20))[i : i+4]
		sum := sha256.Sum256([]byte(string(words)))
		e.Passage = masar.Passage{Source: d.Ref(), Version: d.Versions[0].SHA256, Start: i, End: i + 4, SHA256: hex.EncodeToString(sum[:]), Lang: masar.Arabic, Locators: l.both("locator")}
		e.Key = e.NewKey()
		l.evidence[c.Key] = append(l.evidence[c.Key], e)
		records = append(records, e)
	}
	l.claims[c.Key] = c
	l.save(records...)
}

// judge retires, rejects or accepts a claim, or retires all evidence of a retired one.
func (l *life) judge() {
	for key, c := range l.claims {
		changed := *c
		changed.Withdrawal = masar.Withdrawal{}
		switch changed.Status = rapid.SampledFrom(masar.ClaimStatuses).Draw(l.T, "judged"); changed.Status {
		case masar.ClaimRejected:
			changed.Withdrawal.Reasons = l.both("reason")
		case masar.ClaimDeprecated:
			changed.Withdrawal = masar.Withdrawal{Cause: rapid.SampledFrom(masar.RetirementCauses).Draw(l.T, "cause"), Reasons: l.both("reason")}
		}
		records := []masar.Record{&changed}
		retires := changed.Status == masar.ClaimDeprecated && rapid.Bool().Draw(l.T, "retires evidence")
		for _, e := range l.evidence[key] {
			of := *e
			if retires {
				of.Review, of.Withdrawal = masar.ReviewDeprecated, masar.Withdrawal{Cause: masar.SourceWithdrawn, Reasons: l.both("reason")}
			}
			records = append(records, &of)
		}
		l.claims[key] = &changed
		l.save(records...)
		return
	}
}

// emptied drops everything in a Dgraph.
func emptied(t *testing.T, client *dgo.Dgraph) {
	t.Helper()
	must(t, client.Alter(t.Context(), &api.Operation{DropAll: true}))
}

// Catches: a record, state, version, author, change or number that an export loses, changes or orders differently after some
// history. The law: export, import into an empty database, export again: the two files are equal.
func TestLawOfExports(t *testing.T) {
	if testing.Short() {
		t.Skip("writes many graphs")
	}
	server := embeddedtest.Start(t)
	began := time.Now()
	conn, err := grpc.NewClient(server.Addr(), grpc.WithTransportCredentials(credentials.NewTLS(server.TLS())))
	must(t, err)
	t.Cleanup(func() { conn.Close() })
	client, store := dgo.NewDgraphClient(api.NewDgraphClient(conn)), open(t, server)
	time.Sleep(time.Until(began.Add(5 * time.Second))) // a new Dgraph that drops all data does not stop
	graphs, lines, bare := 0, 0, 0
	rapid.Check(t, func(r *rapid.T) {
		emptied(t, client)
		must(t, store.ApplySchema(t.Context()))
		l := &life{T: r, store: store, claims: map[masar.ClaimKey]*masar.Claim{}, evidence: map[masar.ClaimKey][]*masar.Evidence{}}
		l.begin()
		for range rapid.IntRange(3, 15).Draw(r, "writes") {
			rapid.SampledFrom([]func(){l.topic, l.rename, l.say, l.say, l.judge, l.judge}).Draw(r, "write")()
		}
		faultless(t, store)
		for _, o := range []dump.Options{{Profile: dump.Full, Texts: true}, {Profile: dump.Public, Texts: true}, {Profile: dump.Public}} {
			first := exported(t, store, o)
			file := fileOf(first)
			found, faults, err := file.CheckRules()
			if err != nil || len(faults) > 0 {
				r.Fatalf("%+v %v %+v\n%s", o, err, faults, first)
			}
			whole := exported(t, store, dump.Options{Profile: dump.Full, Texts: true})
			emptied(t, client)
			must(t, dump.Restore(t.Context(), store, found.SHA256, []dump.File{file}, nil))
			faultless(t, store)
			if again := exported(t, store, o); !bytes.Equal(first, again) {
				r.Fatalf("%+v: an export\n%s\nand one after an import\n%s", o, first, again)
			}
			graphs, lines = graphs+1, lines+found.Records
			bare += bytes.Count(first, []byte(`"status":"DEPRECATED"`))
			// The next profile starts from the whole graph again.
			emptied(t, client)
			back := fileOf(whole)
			found, err = back.Check()
			must(t, err)
			must(t, dump.Restore(t.Context(), store, found.SHA256, []dump.File{back}, nil))
		}
	})
	t.Logf("%d exports of random graphs with %d records, %d of them retired claims", graphs, lines, bare)
}

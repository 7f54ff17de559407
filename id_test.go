package masar_test

import (
	"encoding/base64"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"masar"
)

// Catches: a record type whose ID is not decoded to the same record.
func TestIDRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for _, kind := range masar.Kinds {
			ref := masar.Ref{Kind: kind, Code: rapid.StringMatching(`[A-Za-z0-9._\-]{1,64}`).Draw(t, "code")}
			decodes(t, masar.EntityID(ref), ref.Record())
		}
		key := rapid.StringMatching(`[0-9a-f]{32}`).Draw(t, "key")
		decodes(t, (&masar.Claim{Key: masar.ClaimKey(key)}).ID(), masar.RecordRef{Type: masar.RecordClaim, Key: key})
		decodes(t, (&masar.Evidence{Key: masar.EvidenceKey(key)}).ID(), masar.RecordRef{Type: masar.RecordEvidence, Key: key})
		decodes(t, (&masar.Observation{Key: masar.ObservationKey(key)}).ID(), masar.RecordRef{Type: masar.RecordObservation, Key: key})
	})
}

func decodes(t rapid.TB, id string, want masar.RecordRef) {
	t.Helper()
	got, err := masar.DecodeID(id)
	if err != nil {
		t.Errorf("%s: %v", id, err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s: %s", id, diff)
	}
}

// Catches: IDs that change. Clients keep them.
func TestIDsAreStable(t *testing.T) {
	if got, want := masar.EntityID(masar.Ref{Kind: masar.KindSdgTarget, Code: "16.6"}), "U0RHX1RBUkdFVC8xNi42"; got != want {
		t.Errorf("the ID of target 16.6 is %s, want %s", got, want)
	}
}

// badIDs are invalid strings similar to an ID.
func badIDs() map[string]string {
	encode := func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }
	good := masar.EntityID(masar.Ref{Kind: masar.KindTopic, Code: "AI"})
	key := strings.Repeat("0", 32)
	return map[string]string{
		"empty":                  "",
		"blank":                  " ",
		"a number":               "1",
		"a number of the store":  "0x1",
		"a reference":            "TOPIC/AI",
		"Arabic":                 "مسار",
		"NUL":                    "\x00",
		"padded":                 good + "=",
		"with a line break":      good[:4] + "\n" + good[4:],
		"with a carriage return": good + "\r",
		"with a blank":           good + " ",
		"loose in its last bits": encode("TOPIC/A")[:9] + "B",
		"of no sort":             encode("/AI"),
		"of an unknown sort":     encode("THING/AI"),
		"of a sort in lower":     encode("topic/AI"),
		"of a text":              encode("TEXT/" + key),
		"without a slash":        encode("TOPIC"),
		"without a code":         encode("TOPIC/"),
		"of two slashes":         encode("TOPIC/A/I"),
		"of a code with a NUL":   encode("TOPIC/A\x00"),
		"of a long code":         encode("TOPIC/" + longCode(65)),
		"of a short key":         encode("CLAIM/" + key[1:]),
		"of a long key":          encode("EVIDENCE/" + key + "0"),
		"of a key in upper case": encode("OBSERVATION/" + strings.Repeat("A", 32)),
		"of a key with others":   encode("CLAIM/" + strings.Repeat("g", 32)),
		"too long":               encode("TOPIC/" + longCode(1000)),
		"far too long":           strings.Repeat("A", 1<<20),
	}
}

// Catches: an invalid ID that is accepted, and an error other than BAD_ID.
func TestDecodeIDRefuses(t *testing.T) {
	for name, id := range badIDs() {
		t.Run(name, func(t *testing.T) {
			got, err := masar.DecodeID(id)
			if got != (masar.RecordRef{}) {
				t.Errorf("it is read as %+v", got)
			}
			if e, ok := errors.AsType[*masar.Error](err); !ok || e.Code != masar.CodeBadID || e.Argument != "id" {
				t.Errorf("error %v, want BAD_ID for id", err)
			}
		})
	}
}

// FuzzDecodeID catches: an ID that causes a panic, or is one of several for the same record.
func FuzzDecodeID(f *testing.F) {
	for _, kind := range masar.Kinds {
		f.Add(masar.EntityID(masar.Ref{Kind: kind, Code: "16.6"}))
	}
	key := strings.Repeat("0a", 16)
	f.Add((&masar.Claim{Key: masar.ClaimKey(key)}).ID())
	f.Add((&masar.Evidence{Key: masar.EvidenceKey(key)}).ID())
	f.Add((&masar.Observation{Key: masar.ObservationKey(key)}).ID())
	for _, id := range badIDs() {
		f.Add(id[:min(len(id), 2000)])
	}
	f.Fuzz(func(t *testing.T, id string) {
		got, err := masar.DecodeID(id)
		if err != nil {
			if masar.ErrorCode(err) != masar.CodeBadID || got != (masar.RecordRef{}) {
				t.Errorf("%q: %+v, %v", id, got, err)
			}
			return
		}
		spec, _ := masar.SpecOf(got.Type)
		again := spec.New(got.Key, 1).(masar.Node).ID()
		if again != id {
			t.Errorf("%q names %+v, whose ID is %q", id, got, again)
		}
	})
}

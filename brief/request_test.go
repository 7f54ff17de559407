package brief_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"reflect"
	"strings"
	"testing"

	"masar"
	"masar/brief"
	"masar/internal/masartest"
	"masar/words"
)

// Catches: an invalid request that is accepted, with another code, or without a message in both languages that says what is
// allowed.
func TestInvalidRequests(t *testing.T) {
	for _, c := range []struct {
		kind, code, query string
		want              masar.Code
		says              string
	}{
		{"goals", "16", "", masar.CodeNotFound, "targets, countries, recommendations, path"},
		{"targets", "16.6", "lang=fr", masar.CodeBadInput, "ar, en, both"},
		{"targets", "16.6", "first=0", masar.CodeBadInput, "1 to 20"},
		{"targets", "16.6", "first=21", masar.CodeBadInput, "1 to 20"},
		{"targets", "16.6", "first=many", masar.CodeBadInput, "many"},
		{"targets", "16.6", "quotes=maybe", masar.CodeBadInput, "yes, no"},
		{"targets", "16.6", "target=16.7", masar.CodeBadInput, "country"},
		{"recommendations", "ENACT-KM-05", "first=5", masar.CodeBadInput, "lang, quotes"},
		{"countries", "EGY", "lang=ar&lang=en", masar.CodeBadInput, "once"},
		{"path", "", "from=SDG_TARGET:16.6", masar.CodeBadInput, "SDG_TARGET:16.6"},
		{"path", "", "from=PLANET:earth&to=COUNTRY:EGY", masar.CodeBadInput, "PLANET:earth"},
	} {
		query, err := url.ParseQuery(c.query)
		if err != nil {
			t.Fatal(err)
		}
		_, err = brief.Parse(brief.Kind(c.kind), c.code, query)
		if got := masar.ErrorCode(err); err == nil || got != c.want {
			t.Errorf("%s/%s?%s: %v, want %s", c.kind, c.code, c.query, err, c.want)
			continue
		}
		message := words.Message(err)
		if !strings.Contains(message.EN, c.says) || message.AR == "" || strings.Contains(message.EN+message.AR, "{") {
			t.Errorf("%s/%s?%s: %+v", c.kind, c.code, c.query, message)
		}
	}
}

// Catches: a request that is read wrongly, and an address of a brief that leads to another brief.
func TestRequestsAreRead(t *testing.T) {
	for address, want := range map[string]brief.Request{
		"targets/16-6": {Kind: brief.OfTarget, Code: "16.6", Languages: []masar.Language{masar.Arabic}, First: 5},
		"targets/9-ج?country=EGY&lang=both": {
			Kind: brief.OfTarget, Code: "9.c", Country: "EGY", Languages: []masar.Language{masar.Arabic, masar.English}, First: 5,
		},
		"countries/TUN?first=٣&quotes=no&lang=en": {Kind: brief.OfCountry, Code: "TUN", Languages: []masar.Language{masar.English}, First: 3, OmitQuotes: true},
		"path?from=SDG_TARGET:16-6&to=COUNTRY:OMN": {
			Kind: brief.OfPath, From: &masar.Ref{Kind: masar.KindSdgTarget, Code: "16.6"}, To: &masar.Ref{Kind: masar.KindCountry, Code: "OMN"},
			Languages: []masar.Language{masar.Arabic}, First: 5,
		},
	} {
		got := requested(t, address)
		got.Base = ""
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, want %+v", address, got, want)
		}
		again := requested(t, strings.TrimPrefix(got.Address(), "/briefs/"))
		again.Base, again.Languages = "", got.Languages
		if !reflect.DeepEqual(again, got) {
			t.Errorf("%s leads to %+v", got.Address(), again)
		}
	}
}

// Catches: a brief of something that does not exist, and an error without a stable code.
func TestUnknownSubjects(t *testing.T) {
	asker := askerOf(t, masartest.Start(t))
	for _, address := range []string{"targets/99.9", "countries/XXX", "recommendations/NONE", "targets/16.6?country=XXX", "path?from=COUNTRY:XXX&to=COUNTRY:EGY"} {
		b, err := brief.Make(t.Context(), asker.ask, requested(t, address))
		if err == nil {
			t.Errorf("%s: a brief with the title %q", address, b.Texts[0].Title)
			continue
		}
		var e *masar.Error
		if isPart := strings.Contains(address, "=XXX") || strings.Contains(address, ":XXX"); !isPart && !errors.As(err, &e) || errors.As(err, &e) && (e.Code != masar.CodeNotFound || strings.Contains(words.Message(err).AR, "{")) {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// Catches: a brief whose two texts are of different snapshots.
func TestOneSnapshot(t *testing.T) {
	asker := askerOf(t, masartest.Start(t))
	for _, c := range []struct {
		changes int // the number of answers after each of which the graph changes
		want    masar.Code
	}{{0, ""}, {1, ""}, {100, masar.CodeConflict}} {
		asked := 0
		b, err := brief.Make(t.Context(), func(ctx context.Context, document string, variables map[string]any) (json.RawMessage, error) {
			data, err := asker.ask(ctx, document, variables)
			snapshot := min(asked, c.changes)
			asked++
			return json.RawMessage(strings.Replace(string(data), `"snapshot":"`, `"snapshot":"`+strings.Repeat("9", snapshot), 1)), err
		}, requested(t, "recommendations/ENACT-KM-05?lang=both"))
		if c.want == "" && (err != nil || len(b.Texts) != 2) || c.want != "" && masar.ErrorCode(err) != c.want {
			t.Errorf("%d changes: %v", c.changes, err)
		}
	}
}

// Catches: a quotation in a brief without quotations, and quotations that are missing from a brief with them.
func TestQuotations(t *testing.T) {
	asker := askerOf(t, masartest.Disputed(t))
	for address, want := range map[string]bool{"targets/16.6": true, "targets/16.6?quotes=no": false} {
		b := asker.made(t, address)
		quoted := 0
		for _, s := range b.Sources {
			if s.Quotation != nil {
				quoted++
			}
		}
		if (quoted > 0) != want || len(b.Sources) == 0 {
			t.Errorf("%s: %d of %d sources are quoted", address, quoted, len(b.Sources))
		}
	}
}

package masar_test

import (
	"encoding/json"
	"errors"
	"testing"

	"masar"
)

// Catches: a reference of the API or of a line that is read as another.
func TestReferencesAreReadInBothForms(t *testing.T) {
	for text, want := range map[string]masar.Ref{
		`"SDG_TARGET/16.6"`: {Kind: masar.KindSdgTarget, Code: "16.6"}, `{"kind":"COUNTRY","code":"EGY"}`: {Kind: masar.KindCountry, Code: "EGY"},
		`"DOCUMENT/a/b"`: {Kind: masar.KindDocument, Code: "a/b"}, `null`: {},
	} {
		var got masar.Ref
		if err := json.Unmarshal([]byte(text), &got); err != nil || got != want {
			t.Errorf("%s is read as %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"1", "[]", `"`} {
		if err := json.Unmarshal([]byte(text), new(masar.Ref)); err == nil {
			t.Errorf("%s is read as a reference", text)
		}
	}
}

// Catches: a line whose keys or sets are not in order, with characters escaped in vain, or with values that say nothing.
func TestLine(t *testing.T) {
	e := &masar.Country{
		Header: masar.Header{
			Kind: masar.KindCountry, Code: "EGY", Revision: 2,
			Titles: masar.LocalizedText{AR: masar.Translation{Value: "مصر", Origin: masar.OriginPublished}, EN: masar.Translation{Value: "Egypt <&>", Origin: masar.OriginEditorial}},
		},
		OfficialLanguages: []string{"en", "ar", "en"}, Groups: []masar.Ref{{Kind: masar.KindCountryGroup, Code: "b"}, {Kind: masar.KindCountryGroup, Code: "a"}},
	}
	line, err := masar.Line(e)
	want := `{"code":"EGY","groups":["COUNTRY_GROUP/a","COUNTRY_GROUP/b"],"of":"COUNTRY","officialLanguages":["ar","en"],` +
		`"title":{"ar":{"origin":"PUBLISHED","value":"مصر"},"en":{"value":"Egypt <&>"}},"version":2}`
	if err != nil || string(line) != want {
		t.Errorf("got  %s, %v\nwant %s", line, err, want)
	}
	if e.OfficialLanguages[0] != "en" {
		t.Error("the record was changed")
	}
	if _, err := masar.ReadLine(masar.RecordClaim, line); !errors.Is(err, masar.ErrOtherType) {
		t.Errorf("a country is read as a claim: %v", err)
	}
}

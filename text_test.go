package masar_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"masar"
)

// Catches: a text in an unrequested language without the fallback mark, an empty result although a text exists, and a
// wrong origin.
func TestLocalizedTextIn(t *testing.T) {
	published, translated := masar.OriginPublished, masar.OriginTranslated
	ar, en := []masar.Language{masar.Arabic}, []masar.Language{masar.English}
	arEn, enAr := []masar.Language{masar.Arabic, masar.English}, []masar.Language{masar.English, masar.Arabic}
	both := masar.LocalizedText{AR: masar.Translation{Value: "مسار", Origin: published}, EN: masar.Translation{Value: "Path", Origin: translated}}
	fromEnglish := masar.LocalizedText{AR: masar.Translation{Value: "مسار", Origin: translated}, EN: masar.Translation{Value: "Path", Origin: published}}
	editorial := masar.LocalizedText{AR: masar.Translation{Value: "مسار"}, EN: masar.Translation{Value: "Path"}}
	onlyArabic := masar.LocalizedText{AR: masar.Translation{Value: "مسار", Origin: translated}}
	onlyEnglish := masar.LocalizedText{EN: masar.Translation{Value: "Path", Origin: published}}
	text := func(value string, lang masar.Language, origin masar.TextOrigin, fallback bool) *masar.Text {
		return &masar.Text{Value: value, Lang: lang, Origin: origin, Fallback: fallback}
	}
	for _, c := range []struct {
		name      string
		text      masar.LocalizedText
		languages []masar.Language
		want      *masar.Text
	}{
		{"the first language", both, arEn, text("مسار", masar.Arabic, published, false)},
		{"the first language, the other way", both, enAr, text("Path", masar.English, translated, false)},
		{"one language", both, en, text("Path", masar.English, translated, false)},
		{"the second language", onlyEnglish, arEn, text("Path", masar.English, published, true)},
		{"the second language, the other way", onlyArabic, enAr, text("مسار", masar.Arabic, translated, true)},
		{"the original where the language is not to be had", onlyArabic, en, text("مسار", masar.Arabic, translated, true)},
		{"the original, the other way", onlyEnglish, ar, text("Path", masar.English, published, true)},
		{"no language: what was published", both, nil, text("مسار", masar.Arabic, published, false)},
		{"no language: what was published, in English", fromEnglish, nil, text("Path", masar.English, published, false)},
		{"no language and nothing published: Arabic", editorial, nil, text("مسار", masar.Arabic, masar.OriginEditorial, false)},
		{"no language, an empty list", editorial, []masar.Language{}, text("مسار", masar.Arabic, masar.OriginEditorial, false)},
		{"no language, only English", onlyEnglish, nil, text("Path", masar.English, published, false)},
		{"no origin is editorial", editorial, en, text("Path", masar.English, masar.OriginEditorial, false)},
		{"an origin without words", masar.LocalizedText{AR: masar.Translation{Value: "مسار"}, EN: masar.Translation{Origin: published}}, nil, text("مسار", masar.Arabic, masar.OriginEditorial, false)},
		{"nothing", masar.LocalizedText{}, arEn, nil},
		{"nothing, with an origin", masar.LocalizedText{EN: masar.Translation{Origin: published}}, nil, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, c.text.In(c.languages)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Catches: a text that is empty for some lists of languages, and a wrong fallback mark.
func TestLocalizedTextInAlwaysSaysSomething(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.Custom(func(t *rapid.T) masar.Translation {
			return masar.Translation{
				Value:  rapid.SampledFrom([]string{"", "كلمة", "word"}).Draw(t, "value"),
				Origin: rapid.SampledFrom([]masar.TextOrigin{"", masar.OriginPublished, masar.OriginTranslated, masar.OriginEditorial}).Draw(t, "origin"),
			}
		})
		w := masar.LocalizedText{AR: words.Draw(t, "Arabic"), EN: words.Draw(t, "English")}
		languages := rapid.SliceOfN(rapid.SampledFrom([]masar.Language{masar.Arabic, masar.English}), 0, 3).Draw(t, "languages")
		got := w.In(languages)
		if (got == nil) != w.IsZero() {
			t.Fatalf("%+v in %v is %v", w, languages, got)
		}
		if got == nil {
			return
		}
		of := map[masar.Language]masar.Translation{masar.Arabic: w.AR, masar.English: w.EN}[got.Lang]
		if got.Value == "" || got.Value != of.Value || got.Origin == "" {
			t.Errorf("%+v in %v is %+v", w, languages, got)
		}
		if fallback := len(languages) > 0 && got.Lang != languages[0]; got.Fallback != fallback {
			t.Errorf("%+v in %v is %+v", w, languages, got)
		}
	})
}

// Catches: Arabic with direction left to right.
func TestDirection(t *testing.T) {
	for lang, want := range map[masar.Language]masar.TextDirection{masar.Arabic: masar.RightToLeft, masar.English: masar.LeftToRight} {
		if got := (&masar.Text{Lang: lang}).Dir(); got != want {
			t.Errorf("%s runs %s", lang, got)
		}
	}
}

package search_test

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"masar"
	"masar/answers"
	"masar/search"
)

// arabicDigits writes a text with Arabic digits, as Arabic keyboards do.
var arabicDigits = strings.NewReplacer("0", "٠", "1", "١", "2", "٢", "3", "٣", "4", "٤", "5", "٥", "6", "٦", "7", "٧", "8", "٨", "9", "٩")

var arabicLetters = strings.NewReplacer("a", "أ", "b", "ب", "c", "ج", "d", "د")

// forms are the ways in which people write a code.
func forms(kind masar.Kind, code string) []string {
	parts := strings.Split(code, ".")
	joined := func(sep string) string { return strings.Join(parts, sep) }
	var all []string
	word, ar := "goal", "الهدف"
	switch kind {
	case masar.KindSdgTarget:
		word, ar = "target", "الغاية"
	case masar.KindSdgIndicator:
		word, ar = "indicator", "المؤشر"
	}
	if kind != masar.KindSdgGoal {
		for _, sep := range []string{".", "-", "/", ",", ". ", " - ", "·", "٫", "،", "–"[:0] + "‑", "_", " "} {
			all = append(all, joined(sep), arabicDigits.Replace(joined(sep)), ar+" "+joined(sep), "SDG "+joined(sep))
		}
		if letter := parts[1]; letter >= "a" {
			for _, sep := range []string{"", ".", "-", " "} {
				all = append(all, joined(sep), strings.ToUpper(joined(sep)), arabicLetters.Replace(joined(sep)), ar+" "+arabicDigits.Replace(arabicLetters.Replace(joined(sep))))
			}
		}
		padded := slices.Clone(parts)
		if len(padded[1]) == 1 && padded[1] < "a" {
			padded[1] = "0" + padded[1]
		}
		all = append(all, strings.Join(padded, "."), "Target"+code, "Target "+code, "مقصد "+code, "indicator_"+joined("-"))
	} else {
		n, _ := strconv.Atoi(code)
		all = append(all, fmt.Sprintf("SDG %02d", n), fmt.Sprintf("SDG%02d", n), fmt.Sprintf("Goal %02d", n),
			"goal "+strings.Fields(cardinals)[n-1], "the "+strings.Fields(ordinals)[n-1]+" goal", "goal "+strings.Fields(ordinals)[n-1],
			"SDG "+strings.Fields(cardinals)[n-1], arabicOrdinals[n-1], arabicOrdinals[n-1]+" من أهداف التنمية المستدامة", "الهدف رقم "+code,
			"الهدف "+code+" من أهداف التنمية المستدامة", "أهداف التنمية المستدامة "+code, "هدف التنمية المستدامة "+code,
			"Sustainable Development Goal "+code, "SDG goal "+code, "UN SDG "+code, "UN Sustainable Development Goal "+code, "Goal-"+code,
			"http://metadata.un.org/sdg/"+code)
	}
	return append(all, code, arabicDigits.Replace(code), "SDG"+code, "#SDG"+code, "SDG "+code, "sdg-"+code, word+code, word+" "+code, ar+" "+code,
		ar+code, ar+" "+arabicDigits.Replace(code), "\u202b"+code+"\u202c", "\u2067"+ar+" "+code+"\u2069", "\ufeff"+code, code+"\r\n", "("+code+")", "UN "+word+" "+code,
		"http://metadata.un.org/sdg/"+code, "https://metadata.un.org/sdg/"+code+"/")
}

const (
	cardinals = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
	ordinals  = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth"
)

var arabicOrdinals = []string{
	"الهدف الأول", "الهدف الثاني", "الهدف الثالث", "الهدف الرابع", "الهدف الخامس", "الهدف السادس", "الهدف السابع", "الهدف الثامن",
	"الهدف التاسع", "الهدف العاشر", "الهدف الحادي عشر", "الهدف الثاني عشر", "الهدف الثالث عشر", "الهدف الرابع عشر",
	"الهدف الخامس عشر", "الهدف السادس عشر", "الهدف السابع عشر",
}

// Catches: a form of an SDG code that does not rank its goal, target or indicator first.
func TestCodesInEveryForm(t *testing.T) {
	m := seedGraph(t)
	tried, of := 0, map[masar.Kind]int{}
	for _, e := range m.entities {
		ref := e.Head().Ref()
		if ref.Kind != masar.KindSdgGoal && ref.Kind != masar.KindSdgTarget && ref.Kind != masar.KindSdgIndicator {
			continue
		}
		of[ref.Kind]++
		for _, form := range forms(ref.Kind, ref.Code) {
			tried++
			_, ranking := m.search(t, form)
			if len(ranking.Hits) == 0 || m.entities[ranking.Hits[0].Entity].Head().Ref() != ref || ranking.Match != answers.MatchAll {
				first := "nothing"
				if len(ranking.Hits) > 0 {
					first = m.entities[ranking.Hits[0].Entity].Head().Ref().String()
				}
				t.Errorf("%q: %s of %d (%s) comes first, not %s", form, first, len(ranking.Hits), ranking.Match, ref)
			}
		}
	}
	if of[masar.KindSdgGoal] != 17 || of[masar.KindSdgTarget] != 169 || of[masar.KindSdgIndicator] < 240 {
		t.Errorf("the seed has %v", of)
	}
	t.Logf("%d forms of %v", tried, slices.Sorted(maps.Keys(of)))
}

// Catches: lists and ranges that do not rank each of their codes first, and codes read from text without codes. Also
// catches words next to a code that hide it.
func TestCodesAmongOthers(t *testing.T) {
	m := seedGraph(t)
	for query, want := range map[string]string{
		"16.6, 16.10":         "SDG_TARGET/16.6 SDG_TARGET/16.10",
		"16.6 and 16.10":      "SDG_TARGET/16.6 SDG_TARGET/16.10",
		"16.6-16.10":          "SDG_TARGET/16.6 SDG_TARGET/16.7 SDG_TARGET/16.8 SDG_TARGET/16.9 SDG_TARGET/16.10",
		"16.6–16.8":           "SDG_TARGET/16.6 SDG_TARGET/16.7 SDG_TARGET/16.8",
		"16.6 إلى 16.8":       "SDG_TARGET/16.6 SDG_TARGET/16.7 SDG_TARGET/16.8",
		"SDGs 8-10":           "SDG_GOAL/8 SDG_GOAL/9 SDG_GOAL/10",
		"goals 5, 10":         "SDG_GOAL/5 SDG_GOAL/10",
		"goals 5,10 and 16":   "SDG_GOAL/5 SDG_GOAL/10 SDG_GOAL/16",
		"الأهداف 5 و10 و16":   "SDG_GOAL/5 SDG_GOAL/10 SDG_GOAL/16",
		"target 6 of goal 16": "SDG_TARGET/16.6",
		"الغاية السادسة من الهدف السادس عشر": "SDG_TARGET/16.6",
		"Target 16.10.2": "SDG_INDICATOR/16.10.2",
		"16th goal":      "SDG_GOAL/16",
		"MDG 8":          "LEGACY_TARGET/MDG-8",
		"MDG 8.A":        "LEGACY_TARGET/MDG-8.A",
		"الهدف الثامن من الأهداف الإنمائية للألفية": "LEGACY_TARGET/MDG-8",
		"ENACT-KM-06":           "RECOMMENDATION/ENACT-KM-06",
		"key message 5":         "RECOMMENDATION/ENACT-KM-05",
		"enact km 06":           "RECOMMENDATION/ENACT-KM-06",
		"ARE":                   "COUNTRY/ARE",
		"are":                   "COUNTRY/ARE",
		"SO":                    "COUNTRY/SOM",
		"012":                   "COUNTRY/DZA",
		"الحكومة\u200cالمفتوحة": "TOPIC/open-government",
		"\u202bالحوكمة\u202c":   "TOPIC/governance",
		"16\u200f-\u200f6":      "SDG_TARGET/16.6",
	} {
		_, ranking := m.search(t, query)
		var got []string
		for _, h := range ranking.Hits[:min(len(ranking.Hits), len(strings.Fields(want)))] {
			got = append(got, m.entities[h.Entity].Head().Ref().String())
		}
		wanted := strings.Fields(want)
		slices.Sort(got)
		slices.Sort(wanted)
		if !slices.Equal(got, wanted) {
			t.Errorf("%q: %v come first, not %v", query, got, wanted)
		}
	}
	_, ranking := m.search(t, "Goal 8")
	if first := m.entities[ranking.Hits[0].Entity].Head().Ref().String(); first != "SDG_GOAL/8" {
		t.Errorf("%s comes first", first)
	}
	behind := slices.IndexFunc(ranking.Hits, func(h search.Hit[int32]) bool { return m.entities[h.Entity].Head().Code == "MDG-8" })
	if behind != 1 {
		t.Errorf("MDG 8 is hit %d of goal 8, not the second", behind)
	}
}

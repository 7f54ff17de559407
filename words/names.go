package words

import (
	"regexp"
	"strings"

	"masar"
)

// named is an entity with its kind and title, such as the topic “Skills”.
func named(e masar.Entity, l masar.Language) string {
	h := e.Head()
	key := "name." + string(h.Kind)
	args := masar.Args{"code": ready(code(h.Ref(), l)), "title": ready(quotedTitle(e, l))}
	switch e := e.(type) {
	case *masar.Recommendation:
		if e.Form == masar.RecommendationKeyMessage && e.Number > 0 {
			key, args["number"] = "name.KEY_MESSAGE", e.Number
		}
	case *masar.Organization:
		if e.Form == masar.OrganizationStakeholders {
			key = "name.STAKEHOLDER_GROUP"
		}
	case *masar.Principle, *masar.Framework:
		if saysWhatItIs.MatchString(titleIn(e, l).Value) {
			key = "name.title"
		}
	}
	return Say(l, key, args)
}

// saysWhatItIs finds titles of several principles or rules, which no word for one of them can stand before. No verb of a
// sentence has a principle or a framework as its subject, so that in Arabic none needs the gender of that word.
var saysWhatItIs = regexp.MustCompile(`(?i)(?:^|\s)(?:ال)?(?:مبادئ|معايير)(?:\s|$)|\b(?:principles|standards)\b`)

// reference is a reference as its code or, by the view "name", with what it is. Only SDG goals and targets have such a
// name: everything else goes by its title.
func reference(r masar.Ref, l masar.Language, view string) string {
	if view == "name" {
		return Say(l, "name.code."+string(r.Kind), masar.Args{"code": ready(code(r, l))})
	}
	return code(r, l)
}

// code is a code within a sentence. Arabic texts have the United Nations' form of SDG codes: 16-6 for 16.6 and 9-ج for
// 9.c.
func code(r masar.Ref, l masar.Language) string {
	switch r.Kind {
	case masar.KindSdgGoal, masar.KindSdgTarget, masar.KindSdgIndicator:
		if l == masar.Arabic {
			return arabicCode.Replace(r.Code)
		}
	}
	return isolated(r.Code, l)
}

var arabicCode = strings.NewReplacer(".", "-", "a", "أ", "b", "ب", "c", "ج", "d", "د")

// ArabicSDGCode finds the codes of SDG targets and indicators in the form of Arabic texts, such as 16-6, 9-ج and 17-8-1. A
// line must not end within one.
var ArabicSDGCode = regexp.MustCompile(`\b\d{1,2}-(?:\d{1,2}(?:-\d)?\b|[أبجد](?:-\d\b)?)`)

// spelling is an SDG code as people write it: 16-6, ١٦٫٦ or 9-ج.
var spelling = regexp.MustCompile(`^(\d+)[-.](\d+|\p{L})(?:[-.](\d+))?$`)

var (
	latin   = strings.NewReplacer("أ", "a", "ا", "a", "ب", "b", "ج", "c", "د", "d")
	western = strings.NewReplacer("٠", "0", "١", "1", "٢", "2", "٣", "3", "٤", "4", "٥", "5", "٦", "6", "٧", "7", "٨", "8", "٩", "9", "٫", ".")
)

// WesternDigits replaces the digits and the decimal separator of Arabic.
func WesternDigits(s string) string { return western.Replace(s) }

// IsSDGCode reports whether a text is written as the code of an SDG target or indicator.
func IsSDGCode(s string) bool { return spelling.MatchString(s) }

// ReadCode is the code that a reader wrote, in the spelling of the graph: 16.6 for the SDG target 16-6, and 9.c for 9-ج.
func ReadCode(kind masar.Kind, code string) string {
	switch kind {
	case masar.KindSdgGoal, masar.KindSdgTarget, masar.KindSdgIndicator:
		if plain := latin.Replace(WesternDigits(code)); IsSDGCode(plain) {
			return strings.ReplaceAll(plain, "-", ".")
		}
	}
	return code
}

// Quotation marks inside a title differ from those around it.
var (
	innerArabic  = strings.NewReplacer("«", "“", "»", "”")
	innerEnglish = strings.NewReplacer("“", "‘", "”", "’")
)

// quotedTitle is an entity's title in quotation marks, isolated from the direction of the surrounding text. Names of
// countries have no quotation marks.
func quotedTitle(e masar.Entity, l masar.Language) string {
	title := titleIn(e, l)
	words := strings.TrimSuffix(title.Value, ".")
	if e.Head().Kind == masar.KindCountry {
		return article(words, l) + masar.Isolated(words, title.Lang, l)
	}
	if l == masar.Arabic {
		return "«" + masar.Isolated(innerArabic.Replace(words), title.Lang, l) + "»"
	}
	return "“" + masar.Isolated(innerEnglish.Replace(words), title.Lang, l) + "”"
}

// titleIn is an entity's title, in the other language where it has none in this one, or else its code.
func titleIn(e masar.Entity, l masar.Language) *masar.Text {
	if title := e.Head().Title([]masar.Language{l}); title != nil {
		return title
	}
	return &masar.Text{Value: e.Head().Code, Lang: l}
}

// articled are words in the English names of countries that ask for an article.
var articled = map[string]bool{
	"United": true, "State": true, "States": true, "Republic": true, "Kingdom": true, "Federation": true, "Emirates": true,
	"Islands": true, "Comoros": true, "Netherlands": true, "Philippines": true, "Gambia": true, "Bahamas": true, "Maldives": true,
}

func article(country string, l masar.Language) string {
	if l == masar.English {
		for word := range strings.FieldsSeq(country) {
			if articled[word] {
				return "the "
			}
		}
	}
	return ""
}

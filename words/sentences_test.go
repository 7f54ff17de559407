package words_test

import (
	"masar/words"
	"regexp"
	"strings"
	"testing"

	"masar"
)

// titled returns an entity of a kind with titles.
func titled(kind masar.Kind, code, ar, en string) masar.Entity {
	e := masar.NewEntity(kind)
	*e.Head() = masar.Header{Kind: kind, Code: code, Titles: masar.LocalizedText{AR: masar.Translation{Value: ar}, EN: masar.Translation{Value: en}}}
	return e
}

func say(e1 masar.Entity, p masar.Predicate, e2 masar.Entity, role masar.Role, basis masar.Basis, lang ...masar.Language) *masar.Text {
	c := &masar.Claim{Subject: e1.Head().Ref(), Predicate: p, Object: e2.Head().Ref(), Role: role, Basis: basis}
	return words.Sentence(c, e1, e2, lang)
}

var (
	message = &masar.Recommendation{
		Header: masar.Header{Kind: masar.KindRecommendation, Code: "ENACT-KM-09", Titles: masar.LocalizedText{
			AR: masar.Translation{Value: "الاسترشاد بالمبادئ الأربعة"}, EN: masar.Translation{Value: "Let the four principles guide"},
		}},
		Form: masar.RecommendationKeyMessage, Number: 9,
	}
	target  = titled(masar.KindSdgTarget, "16.7", "قرارات شاملة", "Inclusive decisions")
	means   = titled(masar.KindSdgTarget, "9.c", "النفاذ", "Access")
	legacy  = titled(masar.KindLegacyTarget, "MDG-8.F", "إتاحة الفوائد", "Benefits made available")
	giz     = titled(masar.KindOrganization, "GIZ", "الوكالة الألمانية للتعاون الدولي", "GIZ")
	innopa  = titled(masar.KindInitiative, "INNOPA", "دعم الحكومة الإلكترونية", "Support for E-Government")
	practic = titled(masar.KindCaseStudy, "X", "مستشفى صحة الافتراضي", "Seha Virtual Hospital.")
	emirate = titled(masar.KindCountry, "ARE", "الإمارات العربية المتحدة", "United Arab Emirates")
	oman    = titled(masar.KindCountry, "OMN", "عمان", "Oman")
	region  = titled(masar.KindCountryGroup, "ARAB-REGION", "المنطقة العربية", "Arab region")
	divide  = titled(masar.KindChallenge, "digital-divide", "الفجوة الرقمية", "Digital divide")
	quoted  = titled(masar.KindDocument, "D", "صفحة «مسار»", "Page “Masar”")
	coming  = planned(titled(masar.KindActivity, "COMING", "الاجتماع المقبل", "Coming meeting"))
	arabic  = titled(masar.KindTopic, "t", "الصحة", "")
	experts = &masar.Organization{
		Header: masar.Header{Kind: masar.KindOrganization, Code: "EXPERTS", Titles: masar.LocalizedText{
			AR: masar.Translation{Value: "خبراء دوليون وعرب"}, EN: masar.Translation{Value: "International and Arab experts"},
		}},
		Form: masar.OrganizationStakeholders,
	}
)

// planned marks an activity as planned.
func planned(e masar.Entity) masar.Entity {
	e.(*masar.Activity).Status = masar.ActivityPlanned
	return e
}

// Catches: a sentence with a missing article, a wrong quotation mark or a full stop inside, and one whose order a code
// or a title in the other script changes.
func TestSentences(t *testing.T) {
	for _, test := range []struct {
		subject   masar.Entity
		predicate masar.Predicate
		object    masar.Entity
		role      masar.Role
		basis     masar.Basis
		ar, en    string
	}{
		{
			subject: message, predicate: masar.Advances, object: target,
			ar: "تدعم الرسالة الرئيسية 9 «الاسترشاد بالمبادئ الأربعة» تحقيق الغاية 16-7 من غايات أهداف التنمية المستدامة «قرارات شاملة».",
			en: "Key message 9 “Let the four principles guide” advances SDG target 16.7 “Inclusive decisions”.",
		},
		{
			subject: message, predicate: masar.Advances, object: target, basis: masar.Inferred,
			ar: "تدعم الرسالة الرئيسية 9 «الاسترشاد بالمبادئ الأربعة» تحقيق الغاية 16-7 من غايات أهداف التنمية المستدامة «قرارات شاملة» (إفادة مستنتجة).",
			en: "Key message 9 “Let the four principles guide” advances SDG target 16.7 “Inclusive decisions” (inferred).",
		},
		{
			subject: message, predicate: masar.IssuedIn, object: titled(masar.KindActivity, "W", "ندوة", "Webinar"),
			ar: "صدرت الرسالة الرئيسية 9 «الاسترشاد بالمبادئ الأربعة» عن النشاط «ندوة».",
			en: "Key message 9 “Let the four principles guide” was issued at the activity “Webinar”.",
		},
		{
			subject: giz, predicate: masar.Participates, object: innopa, role: masar.RoleImplementer,
			ar: "تتولى الجهة «الوكالة الألمانية للتعاون الدولي» تنفيذ المبادرة «دعم الحكومة الإلكترونية».",
			en: "The organization “GIZ” implements the initiative “Support for E-Government”.",
		},
		{
			subject: giz, predicate: masar.Participates, object: innopa, role: masar.RoleCommissioner,
			ar: "تنفيذ المبادرة «دعم الحكومة الإلكترونية» بتكليف من الجهة «الوكالة الألمانية للتعاون الدولي».",
			en: "The initiative “Support for E-Government” is carried out on behalf of the organization “GIZ”.",
		},
		{
			subject: practic, predicate: masar.PractisedIn, object: emirate,
			ar: "دراسة الحالة «مستشفى صحة الافتراضي» من الإمارات العربية المتحدة.",
			en: "The case study “Seha Virtual Hospital” is from the United Arab Emirates.",
		},
		{
			subject: innopa, predicate: masar.OperatesIn, object: oman,
			ar: "تعمل المبادرة «دعم الحكومة الإلكترونية» في عمان.",
			en: "The initiative “Support for E-Government” operates in Oman.",
		},
		{
			subject: coming, predicate: masar.HeldIn, object: oman,
			ar: "المكان المقرر لانعقاد النشاط «الاجتماع المقبل»: عمان.",
			en: "The activity “Coming meeting” is to be held in Oman.",
		},
		{
			subject: giz, predicate: masar.Participates, object: coming, role: masar.RoleParticipant,
			ar: "من المقرر أن تشارك الجهة «الوكالة الألمانية للتعاون الدولي» في النشاط «الاجتماع المقبل».",
			en: "The organization “GIZ” is to take part in the activity “Coming meeting”.",
		},
		{
			subject: giz, predicate: masar.Participates, object: coming, role: masar.RoleOrganizer,
			ar: "من المقرر أن تتولى الجهة «الوكالة الألمانية للتعاون الدولي» تنظيم النشاط «الاجتماع المقبل».",
			en: "The organization “GIZ” is to organize the activity “Coming meeting”.",
		},
		{
			subject: experts, predicate: masar.Participates, object: titled(masar.KindActivity, "W", "ندوة", "Webinar"), role: masar.RoleParticipant,
			ar: "تشارك المجموعة «خبراء دوليون وعرب» في النشاط «ندوة».",
			en: "The group “International and Arab experts” takes part in the activity “Webinar”.",
		},
		{
			subject: innopa, predicate: masar.AlignsWith, object: titled(masar.KindPrinciple, "rite", "مبادئ RITE", "RITE principles"),
			ar: "تتوافق المبادرة «دعم الحكومة الإلكترونية» مع «مبادئ RITE».",
			en: "The initiative “Support for E-Government” aligns with “RITE principles”.",
		},
		{
			subject: innopa, predicate: masar.AlignsWith, object: titled(masar.KindPrinciple, "trust", "الثقة", "Trust"),
			ar: "تتوافق المبادرة «دعم الحكومة الإلكترونية» مع المبدأ «الثقة».",
			en: "The initiative “Support for E-Government” aligns with the principle “Trust”.",
		},
		{
			subject: innopa, predicate: masar.AlignsWith,
			object: titled(masar.KindFramework, "F", "المعايير الرقمية للاتحاد الأوروبي", "Digital standards of the European Union"),
			ar:     "تتوافق المبادرة «دعم الحكومة الإلكترونية» مع «المعايير الرقمية للاتحاد الأوروبي».",
			en:     "The initiative “Support for E-Government” aligns with “Digital standards of the European Union”.",
		},
		{
			subject: region, predicate: masar.HasChallenge, object: divide,
			ar: "من التحديات في «المنطقة العربية»: «الفجوة الرقمية».",
			en: "Among the challenges of the country group “Arab region” is “Digital divide”.",
		},
		{
			subject: legacy, predicate: masar.MapsTo, object: means,
			ar: "يقابل مضمون «إتاحة الفوائد» ضمن الأهداف الإنمائية للألفية مضمون الغاية 9-ج من غايات أهداف التنمية المستدامة «النفاذ».",
			en: "“Benefits made available” of the Millennium Development Goals corresponds to SDG target 9.c “Access”.",
		},
		{
			subject: quoted, predicate: masar.Concerns, object: arabic,
			ar: "من موضوعات الوثيقة «صفحة “مسار”»: «الصحة».",
			en: "The document “Page ‘Masar’” concerns the topic “\u2068الصحة\u2069”.",
		},
	} {
		for lang, want := range map[masar.Language]string{masar.Arabic: test.ar, masar.English: test.en} {
			if got := say(test.subject, test.predicate, test.object, test.role, test.basis, lang); got.Value != want || got.Lang != lang {
				t.Errorf("%s\nwant\n%s", got.Value, want)
			}
		}
	}
	if got := say(message, masar.Advances, target, "", masar.Stated); got.Lang != masar.Arabic || got.Fallback {
		t.Errorf("without a language: %+v", got)
	}
}

// Catches: a predicate, role or kind without a sentence, and a sentence that does not name both ends.
func TestThereIsASentenceForEveryClaim(t *testing.T) {
	check := func(subject, object masar.Entity, p masar.Predicate, role masar.Role) {
		t.Helper()
		for _, lang := range []masar.Language{masar.Arabic, masar.English} {
			got := say(subject, p, object, role, masar.Stated, lang).Value
			if strings.Count(got, subject.Head().Title([]masar.Language{lang}).Value) != 1 ||
				strings.Count(got, object.Head().Title([]masar.Language{lang}).Value) != 1 ||
				strings.ContainsAny(got, "{}") || strings.Contains(got, "  ") || !strings.HasSuffix(got, ".") {
				t.Errorf("%s %s %s %s: %q", subject.Head().Kind, p, object.Head().Kind, role, got)
			}
		}
	}
	for _, p := range masar.Predicates {
		for _, from := range masar.Kinds {
			for _, to := range masar.Kinds {
				if !masar.PredicateSpecs[p].Admits(from, to) {
					continue
				}
				subject, object := titled(from, "a", "أولى", "One"), titled(to, "b", "ثانية", "Two")
				check(subject, object, p, "")
				if p == masar.Participates {
					for _, role := range masar.Roles {
						check(subject, object, p, role)
						if to == masar.KindActivity {
							check(subject, planned(titled(to, "c", "ثالثة", "Three")), p, role)
						}
					}
				}
			}
		}
	}
}

// feminine matches a sentence that begins with a feminine verb, and its subject.
var feminine = regexp.MustCompile(`^(?:ت|صدرت)\S* (\S+)`)

// Catches: a verb that does not agree with the kind of its subject.
func TestVerbsAgree(t *testing.T) {
	for _, p := range masar.Predicates {
		for _, role := range append([]masar.Role{""}, masar.Roles...) {
			for _, from := range masar.Kinds {
				for _, to := range masar.Kinds {
					if !masar.PredicateSpecs[p].Admits(from, to) || role != "" && p != masar.Participates {
						continue
					}
					got := say(titled(from, "a", "أ", "A"), p, titled(to, "b", "ب", "B"), role, masar.Stated, masar.Arabic).Value
					verb := feminine.FindStringSubmatch(got)
					if verb != nil && !strings.HasPrefix(got, "تنفيذ ") && !strings.HasSuffix(verb[1], "ة") { // تنفيذ is a noun
						t.Errorf("%s from %s to %s: %s", p, from, to, got)
					}
				}
			}
		}
	}
}

// Catches: Arabic prefixes before a slot that would change with the next word: ل and ال become لل.
func TestNothingIsJoinedToWhatFollows(t *testing.T) {
	joined := regexp.MustCompile(`[^\sو]الجهة|[^\sو]المبادرة|[^\sو]«`)
	for _, p := range masar.Predicates {
		for _, role := range append([]masar.Role{""}, masar.Roles...) {
			if role != "" && p != masar.Participates {
				continue
			}
			if got := say(giz, p, innopa, role, masar.Stated, masar.Arabic).Value; joined.MatchString(got) {
				t.Errorf("%s %s: %s", p, role, got)
			}
		}
	}
}

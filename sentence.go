package masar

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sentence says in plain words what a claim says of its subject and object, in the first of the languages. It says that
// a claim is inferred where it is.
func Sentence(c *Claim, subject, object Entity, lang []Language) *Text {
	form := sentences[c.Predicate]
	if c.Role != "" {
		form = roleSentences[c.Role]
	}
	if planned(subject) && c.Predicate == HeldIn {
		form = plannedPlace
	}
	if planned(object) && c.Role == RoleParticipant {
		form = plannedParticipation
	}
	return Wording{
		AR: Words{Value: sentence(form.ar, " (استنتاج).", c, subject, object, Arabic)},
		EN: Words{Value: sentence(form.en, " (inferred).", c, subject, object, English)},
	}.In(lang)
}

// wordForm is a sentence, or a name of a thing, with places for what it is about. {subject} and {object} stand for a thing
// with what it is, such as the topic “Skills”, and {subject.title} and {object.title} for its title alone.
//
// The Arabic ones hold with any title: a verb agrees with the word for the kind of thing, which stands ahead of the title
// and is known for the predicate; where it may be of either gender, or missing, there is no verb. Nothing is joined to a
// place but و, which changes no letter of what follows.
type wordForm struct{ ar, en string }

// sentences has what a claim of each predicate says, from its subject to its object.
var sentences = map[Predicate]wordForm{
	Advances:         {"تدعم {subject} تحقيق {object}", "{subject} advances {object}"},
	ContributesTo:    {"تسهم {subject} في تحقيق {object}", "{subject} contributes to {object}"},
	Addresses:        {"تعالج {subject} {object}", "{subject} addresses {object}"},
	HasChallenge:     {"من التحديات في {subject}: {object.title}", "Among the challenges of {subject} is {object.title}"},
	Demonstrates:     {"تجسّد {subject} في التطبيق {object}", "{subject} shows {object} in practice"},
	PractisedIn:      {"{subject} من {object}", "{subject} is from {object}"},
	LedBy:            {"تتولى {object} قيادة {subject}", "{subject} is led by {object}"},
	IssuedIn:         {"صدرت {subject} في {object}", "{subject} comes from {object}"},
	PartOf:           {"{subject} جزء من {object}", "{subject} is part of {object}"},
	Participates:     {"تشارك {subject} في {object}", "{subject} takes part in {object}"},
	OperatesIn:       {"تعمل {subject} في {object}", "{subject} operates in {object}"},
	HeldIn:           {"مكان {subject}: {object}", "{subject} is held in {object}"},
	AlignsWith:       {"تتوافق {subject} مع {object}", "{subject} aligns with {object}"},
	Concerns:         {"من موضوعات {subject}: {object.title}", "{subject} concerns {object}"},
	Requires:         {"تتطلب {subject} مسبقاً {object}", "{subject} requires {object} first"},
	Produces:         {"من مخرجات {subject}: {object.title}", "{subject} produces {object}"},
	Duplicates:       {"{subject} و{object} بمعنى واحد", "{subject} and {object} say the same"},
	Elaborates:       {"في {subject} تفصيل لما يرد في {object}", "{subject} elaborates on {object}"},
	SameAs:           {"{subject} و{object} شيء واحد", "{subject} and {object} are one thing"},
	ContinuesThemeOf: {"تواصل {subject} موضوع {object}", "{subject} continues the theme of {object}"},
	MapsTo:           {"انتقل مضمون {subject} إلى {object}", "The concern of {subject} moved to {object}"},
}

// roleSentences has what a PARTICIPATES claim of each role says.
var roleSentences = map[Role]wordForm{
	RoleImplementer:  {"تتولى {subject} تنفيذ {object}", "{subject} implements {object}"},
	RoleCommissioner: {"تنفيذ {object} بتكليف من {subject}", "{object} is carried out on behalf of {subject}"},
	RoleFunder:       {"تموّل {subject} {object}", "{subject} funds {object}"},
	RolePartner:      {"{subject} من الشركاء في {object}", "{subject} is a partner in {object}"},
	RoleOrganizer:    {"تتولى {subject} تنظيم {object}", "{subject} organizes {object}"},
	RoleCoOrganizer:  {"تشارك {subject} في تنظيم {object}", "{subject} co-organizes {object}"},
	RoleTrainer:      {"تتولى {subject} التدريب في {object}", "{subject} gives training in {object}"},
	RoleContributor:  {"تسهم {subject} في {object}", "{subject} contributes to {object}"},
	RoleParticipant:  {"تشارك {subject} في {object}", "{subject} takes part in {object}"},
}

// plannedPlace and plannedParticipation are of activities that a source only announces: a plan is not a result.
var (
	plannedPlace         = wordForm{"المكان المقرر لانعقاد {subject}: {object}", "{subject} is planned in {object}"}
	plannedParticipation = wordForm{"مقرر أن تشارك {subject} في {object}", "{subject} is to take part in {object}"}
)

// planned reports whether a thing is an activity that was only planned when its source was written.
func planned(e Entity) bool {
	a, ok := e.(*Activity)
	return ok && a.Status == ActivityPlanned
}

// kindNames has how a thing of each kind is named. In Arabic the noun's gender is what the verbs above agree with.
var kindNames = map[Kind]wordForm{
	KindSdgGoal:        {"الهدف {code} من أهداف التنمية المستدامة {title}", "SDG goal {code} {title}"},
	KindSdgTarget:      {"الغاية {code} من أهداف التنمية المستدامة {title}", "SDG target {code} {title}"},
	KindSdgIndicator:   {"المؤشر {code} من مؤشرات أهداف التنمية المستدامة {title}", "SDG indicator {code} {title}"},
	KindLegacyTarget:   {"{title} من الأهداف الإنمائية للألفية", "{title} of the Millennium Development Goals"},
	KindFramework:      {"الإطار {title}", "the framework {title}"},
	KindPrinciple:      {"المبدأ {title}", "the principle {title}"},
	KindInitiative:     {"المبادرة {title}", "the initiative {title}"},
	KindOrganization:   {"الجهة {title}", "the organization {title}"},
	KindCountry:        {"{title}", "{title}"},
	KindCountryGroup:   {"{title}", "the country group {title}"},
	KindChallenge:      {"التحدي {title}", "the challenge {title}"},
	KindTopic:          {"الموضوع {title}", "the topic {title}"},
	KindRecommendation: {"التوصية {title}", "the recommendation {title}"},
	KindCaseStudy:      {"دراسة الحالة {title}", "the case study {title}"},
	KindActivity:       {"النشاط {title}", "the activity {title}"},
	KindOutput:         {"المخرَج {title}", "the output {title}"},
	KindDocument:       {"الوثيقة {title}", "the document {title}"},
	KindIndicator:      {"المؤشر {title}", "the indicator {title}"},
}

// keyMessage names a recommendation that is a numbered key message.
var keyMessage = wordForm{"الرسالة الرئيسية {number} {title}", "key message {number} {title}"}

func (f wordForm) in(l Language) string {
	if l == Arabic {
		return f.ar
	}
	return f.en
}

// sentence fills a form in one language.
func sentence(form, inferred string, c *Claim, subject, object Entity, l Language) string {
	end := "."
	if c.Basis == Inferred {
		end = inferred
	}
	return capital(filled(form, func(place string) string {
		switch place {
		case "subject":
			return named(subject, l)
		case "subject.title":
			return quotedTitle(subject, l)
		case "object":
			return named(object, l)
		}
		return quotedTitle(object, l)
	})) + end
}

// filled fills the places of a form, which stand between braces.
func filled(form string, words func(place string) string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(form, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		place, after, _ := strings.Cut(rest, "}")
		b.WriteString(words(place))
		form = after
	}
}

// named is an entity with what it is.
func named(e Entity, l Language) string {
	h := e.Head()
	form, number := kindNames[h.Kind], 0
	if r, ok := e.(*Recommendation); ok && r.Form == RecommendationKeyMessage && r.Number > 0 {
		form, number = keyMessage, r.Number
	}
	return filled(form.in(l), func(place string) string {
		switch place {
		case "code":
			return code(h.Code, l)
		case "number":
			return strconv.Itoa(number)
		}
		return quotedTitle(e, l)
	})
}

// Quotation marks within a title are others than those around it.
var (
	innerArabic  = strings.NewReplacer("«", "“", "»", "”")
	innerEnglish = strings.NewReplacer("“", "‘", "”", "’")
)

// quotedTitle is an entity's title between quotation marks, so that it stays as it is whatever stands around it. Those of
// countries are names, which need none.
func quotedTitle(e Entity, l Language) string {
	h := e.Head()
	title := h.Title([]Language{l})
	if title == nil {
		title = &Text{Value: h.Code, Lang: l}
	}
	words := strings.TrimSuffix(title.Value, ".")
	if h.Kind == KindCountry {
		return article(words, l) + isolated(words, title.Lang, l)
	}
	if l == Arabic {
		return "«" + isolated(innerArabic.Replace(words), title.Lang, l) + "»"
	}
	return "“" + isolated(innerEnglish.Replace(words), title.Lang, l) + "”"
}

// isolated keeps words of one language from turning those of another around them (Unicode's first strong isolate).
func isolated(words string, of, in Language) string {
	if of == in {
		return words
	}
	return "\u2068" + words + "\u2069"
}

// code keeps a code with letters, such as 9.c, in its order within Arabic (Unicode's left-to-right mark).
func code(of string, in Language) string {
	if in == Arabic && strings.ContainsFunc(of, unicode.IsLetter) {
		return "\u200e" + of
	}
	return of
}

// articled are words in the English names of countries that ask for an article.
var articled = map[string]bool{
	"United": true, "State": true, "States": true, "Republic": true, "Kingdom": true, "Federation": true, "Emirates": true,
	"Islands": true, "Comoros": true, "Netherlands": true, "Philippines": true, "Gambia": true, "Bahamas": true, "Maldives": true,
}

func article(country string, l Language) string {
	if l == English {
		for word := range strings.FieldsSeq(country) {
			if articled[word] {
				return "the "
			}
		}
	}
	return ""
}

// capital begins a sentence.
func capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}

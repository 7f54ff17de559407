package words

import (
	"masar"
	"masar/answers"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sentence says in plain words what a claim says of its subject and object, in the first of the languages. It says that
// a claim is inferred where it is.
func Sentence(c *masar.Claim, subject, object masar.Entity, lang []masar.Language) *masar.Text {
	form := sentences[c.Predicate]
	if c.Role != "" {
		form = roleSentences[c.Role]
	}
	return masar.Wording{
		AR: masar.Words{Value: sentence(form.ar, " (استنتاج).", c, subject, object, masar.Arabic)},
		EN: masar.Words{Value: sentence(form.en, " (inferred).", c, subject, object, masar.English)},
	}.In(lang)
}

// PathStep says in plain words what the claim of a step says, from its subject to its object whichever way the step goes.
func PathStep(s *answers.PathStep, lang []masar.Language) *masar.Text {
	if s.Direction == answers.StepBackward {
		return Sentence(s.Claim, s.To, s.From, lang)
	}
	return Sentence(s.Claim, s.From, s.To, lang)
}

// wordForm is a sentence, or a name of a thing, with places for what it is about. {subject} and {object} stand for a thing
// with what it is, such as the topic “Skills”, and {subject.title} and {object.title} for its title alone.
//
// The Arabic ones hold with any title: a verb agrees with the word for the kind of thing, which stands ahead of the title
// and is known for the predicate; where it may be of either gender, or missing, there is no verb. Nothing is joined to a
// place but و, which changes no letter of what follows.
type wordForm struct{ ar, en string }

// sentences has what a claim of each predicate says, from its subject to its object.
var sentences = map[masar.Predicate]wordForm{
	masar.Advances:         {"تدعم {subject} تحقيق {object}", "{subject} advances {object}"},
	masar.ContributesTo:    {"تسهم {subject} في تحقيق {object}", "{subject} contributes to {object}"},
	masar.Addresses:        {"تعالج {subject} {object}", "{subject} addresses {object}"},
	masar.HasChallenge:     {"من التحديات في {subject}: {object.title}", "Among the challenges of {subject} is {object.title}"},
	masar.Demonstrates:     {"تجسّد {subject} في التطبيق {object}", "{subject} shows {object} in practice"},
	masar.PractisedIn:      {"{subject} من {object}", "{subject} is from {object}"},
	masar.LedBy:            {"تتولى {object} قيادة {subject}", "{subject} is led by {object}"},
	masar.IssuedIn:         {"صدرت {subject} في {object}", "{subject} comes from {object}"},
	masar.PartOf:           {"{subject} جزء من {object}", "{subject} is part of {object}"},
	masar.Participates:     {"تشارك {subject} في {object}", "{subject} takes part in {object}"},
	masar.OperatesIn:       {"تعمل {subject} في {object}", "{subject} operates in {object}"},
	masar.AlignsWith:       {"تتوافق {subject} مع {object}", "{subject} aligns with {object}"},
	masar.Concerns:         {"من موضوعات {subject}: {object.title}", "{subject} concerns {object}"},
	masar.Requires:         {"تتطلب {subject} مسبقاً {object}", "{subject} requires {object} first"},
	masar.Produces:         {"من مخرجات {subject}: {object.title}", "{subject} produces {object}"},
	masar.Duplicates:       {"{subject} و{object} بمعنى واحد", "{subject} and {object} say the same"},
	masar.Elaborates:       {"في {subject} تفصيل لما يرد في {object}", "{subject} elaborates on {object}"},
	masar.SameAs:           {"{subject} و{object} شيء واحد", "{subject} and {object} are one thing"},
	masar.ContinuesThemeOf: {"تواصل {subject} موضوع {object}", "{subject} continues the theme of {object}"},
	masar.MapsTo:           {"انتقل مضمون {subject} إلى {object}", "The concern of {subject} moved to {object}"},
}

// roleSentences has what a PARTICIPATES claim of each role says.
var roleSentences = map[masar.Role]wordForm{
	masar.RoleImplementer:  {"تتولى {subject} تنفيذ {object}", "{subject} implements {object}"},
	masar.RoleCommissioner: {"تنفيذ {object} بتكليف من {subject}", "{object} is carried out on behalf of {subject}"},
	masar.RoleFunder:       {"تموّل {subject} {object}", "{subject} funds {object}"},
	masar.RolePartner:      {"{subject} من الشركاء في {object}", "{subject} is a partner in {object}"},
	masar.RoleOrganizer:    {"تتولى {subject} تنظيم {object}", "{subject} organizes {object}"},
	masar.RoleCoOrganizer:  {"تشارك {subject} في تنظيم {object}", "{subject} co-organizes {object}"},
	masar.RoleTrainer:      {"تتولى {subject} التدريب في {object}", "{subject} gives training in {object}"},
	masar.RoleContributor:  {"تسهم {subject} في {object}", "{subject} contributes to {object}"},
	masar.RoleParticipant:  {"تشارك {subject} في {object}", "{subject} takes part in {object}"},
}

// kindNames has how a thing of each kind is named. In Arabic the noun's gender is what the verbs above agree with.
var kindNames = map[masar.Kind]wordForm{
	masar.KindSdgGoal:        {"الهدف {code} من أهداف التنمية المستدامة {title}", "SDG goal {code} {title}"},
	masar.KindSdgTarget:      {"الغاية {code} من أهداف التنمية المستدامة {title}", "SDG target {code} {title}"},
	masar.KindSdgIndicator:   {"المؤشر {code} من مؤشرات أهداف التنمية المستدامة {title}", "SDG indicator {code} {title}"},
	masar.KindLegacyTarget:   {"{title} من الأهداف الإنمائية للألفية", "{title} of the Millennium Development Goals"},
	masar.KindFramework:      {"الإطار {title}", "the framework {title}"},
	masar.KindPrinciple:      {"المبدأ {title}", "the principle {title}"},
	masar.KindInitiative:     {"المبادرة {title}", "the initiative {title}"},
	masar.KindOrganization:   {"الجهة {title}", "the organization {title}"},
	masar.KindCountry:        {"{title}", "{title}"},
	masar.KindCountryGroup:   {"{title}", "the country group {title}"},
	masar.KindChallenge:      {"التحدي {title}", "the challenge {title}"},
	masar.KindTopic:          {"الموضوع {title}", "the topic {title}"},
	masar.KindRecommendation: {"التوصية {title}", "the recommendation {title}"},
	masar.KindCaseStudy:      {"دراسة الحالة {title}", "the case study {title}"},
	masar.KindActivity:       {"النشاط {title}", "the activity {title}"},
	masar.KindOutput:         {"المخرَج {title}", "the output {title}"},
	masar.KindDocument:       {"الوثيقة {title}", "the document {title}"},
	masar.KindIndicator:      {"المؤشر {title}", "the indicator {title}"},
}

// keyMessage names a recommendation that is a numbered key message.
var keyMessage = wordForm{"الرسالة الرئيسية {number} {title}", "key message {number} {title}"}

func (f wordForm) in(l masar.Language) string {
	if l == masar.Arabic {
		return f.ar
	}
	return f.en
}

// sentence fills a form in one language.
func sentence(form, inferred string, c *masar.Claim, subject, object masar.Entity, l masar.Language) string {
	end := "."
	if c.Basis == masar.Inferred {
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
func named(e masar.Entity, l masar.Language) string {
	h := e.Head()
	form, number := kindNames[h.Kind], 0
	if r, ok := e.(*masar.Recommendation); ok && r.Form == masar.RecommendationKeyMessage && r.Number > 0 {
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
func quotedTitle(e masar.Entity, l masar.Language) string {
	h := e.Head()
	title := h.Title([]masar.Language{l})
	if title == nil {
		title = &masar.Text{Value: h.Code, Lang: l}
	}
	words := strings.TrimSuffix(title.Value, ".")
	if h.Kind == masar.KindCountry {
		return article(words, l) + masar.Isolated(words, title.Lang, l)
	}
	if l == masar.Arabic {
		return "«" + masar.Isolated(innerArabic.Replace(words), title.Lang, l) + "»"
	}
	return "“" + masar.Isolated(innerEnglish.Replace(words), title.Lang, l) + "”"
}

// code keeps a code with letters, such as 9.c, in its order within Arabic (Unicode's left-to-right mark).
func code(of string, in masar.Language) string {
	if in == masar.Arabic && strings.ContainsFunc(of, unicode.IsLetter) {
		return "\u200e" + of
	}
	return of
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

// capital begins a sentence.
func capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}

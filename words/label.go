package words

import (
	"masar"
	"masar/answers"
)

// labels have what the values of a dimension are called, where they are those of an enum.
var labels = map[answers.Dimension]map[string]wordForm{
	answers.ByCertainty:    certaintyLabels,
	answers.ByStatus:       statusLabels,
	answers.ByBasis:        basisLabels,
	answers.ByPredicate:    predicateLabels,
	answers.BySubjectKind:  kindLabels,
	answers.ByObjectKind:   kindLabels,
	answers.ByEvidenceKind: evidenceKindLabels,
}

// Label is what a value of a dimension is called in both languages, where it is not an entity: the value of an enum, a
// year, or Unknown. A year is called by its digits.
func Label(d answers.Dimension, value string) masar.Wording {
	form := wordForm{value, value}
	if known, ok := labels[d][value]; ok {
		form = known
	} else if value == answers.Unknown {
		form = unknownLabel
	}
	return masar.Wording{AR: masar.Words{Value: form.ar}, EN: masar.Words{Value: form.en}}
}

var unknownLabel = wordForm{"لا يوجد أو غير معروف", "None or not known"}

var certaintyLabels = map[string]wordForm{
	string(masar.CertaintyHigh):     {"يقين مرتفع", "High certainty"},
	string(masar.CertaintyModerate): {"يقين متوسط", "Moderate certainty"},
	string(masar.CertaintyLow):      {"يقين منخفض", "Low certainty"},
	string(masar.CertaintyVeryLow):  {"يقين منخفض جداً", "Very low certainty"},
}

var statusLabels = map[string]wordForm{
	string(masar.NoEvidence): {"بلا أدلة", "No evidence"},
	string(masar.Supported):  {"مدعوم بالأدلة", "Supported"},
	string(masar.Contested):  {"متنازع فيه", "Contested"},
	string(masar.Refuted):    {"مدحوض", "Refuted"},
}

var basisLabels = map[string]wordForm{
	string(masar.Stated):   {"وارد في مصدر", "Stated by a source"},
	string(masar.Inferred): {"مستنتج", "Inferred"},
}

var predicateLabels = map[string]wordForm{
	string(masar.Advances):         {"دعم تحقيق غاية أو هدف", "Advances"},
	string(masar.ContributesTo):    {"الإسهام في غاية أو هدف", "Contributes to"},
	string(masar.Addresses):        {"معالجة تحدٍّ", "Addresses"},
	string(masar.HasChallenge):     {"مواجهة تحدٍّ", "Has the challenge"},
	string(masar.Demonstrates):     {"التجسيد في التطبيق", "Demonstrates"},
	string(masar.PractisedIn):      {"التطبيق في بلد", "Practised in"},
	string(masar.LedBy):            {"القيادة", "Led by"},
	string(masar.IssuedIn):         {"الصدور", "Issued in"},
	string(masar.PartOf):           {"الجزء من الكل", "Part of"},
	string(masar.Participates):     {"المشاركة", "Participates in"},
	string(masar.OperatesIn):       {"العمل في بلد", "Operates in"},
	string(masar.AlignsWith):       {"التوافق مع إطار أو مبدأ", "Aligns with"},
	string(masar.Concerns):         {"الموضوع", "Concerns"},
	string(masar.Requires):         {"المتطلب المسبق", "Requires"},
	string(masar.Produces):         {"المخرجات", "Produces"},
	string(masar.Duplicates):       {"المعنى الواحد", "Says the same as"},
	string(masar.Elaborates):       {"التفصيل", "Elaborates on"},
	string(masar.SameAs):           {"الشيء الواحد", "Is the same as"},
	string(masar.ContinuesThemeOf): {"مواصلة الموضوع", "Continues the theme of"},
	string(masar.MapsTo):           {"انتقال المضمون", "Maps to"},
}

var kindLabels = map[string]wordForm{
	string(masar.KindSdgGoal):        {"هدف من أهداف التنمية المستدامة", "SDG goal"},
	string(masar.KindSdgTarget):      {"غاية من غايات التنمية المستدامة", "SDG target"},
	string(masar.KindSdgIndicator):   {"مؤشر من مؤشرات التنمية المستدامة", "SDG indicator"},
	string(masar.KindLegacyTarget):   {"هدف إنمائي للألفية", "Millennium Development Goal"},
	string(masar.KindFramework):      {"إطار", "Framework"},
	string(masar.KindPrinciple):      {"مبدأ", "Principle"},
	string(masar.KindInitiative):     {"مبادرة", "Initiative"},
	string(masar.KindOrganization):   {"جهة", "Organization"},
	string(masar.KindCountry):        {"بلد", "Country"},
	string(masar.KindCountryGroup):   {"مجموعة بلدان", "Country group"},
	string(masar.KindChallenge):      {"تحدٍّ", "Challenge"},
	string(masar.KindTopic):          {"موضوع", "Topic"},
	string(masar.KindRecommendation): {"توصية", "Recommendation"},
	string(masar.KindCaseStudy):      {"دراسة حالة", "Case study"},
	string(masar.KindActivity):       {"نشاط", "Activity"},
	string(masar.KindOutput):         {"مخرَج", "Output"},
	string(masar.KindDocument):       {"وثيقة", "Document"},
	string(masar.KindIndicator):      {"مؤشر", "Indicator"},
}

var evidenceKindLabels = map[string]wordForm{
	string(masar.SystematicReview):     {"مراجعة منهجية", "Systematic review"},
	string(masar.ImpactEvaluation):     {"تقييم أثر", "Impact evaluation"},
	string(masar.OfficialStatistic):    {"إحصاء رسمي", "Official statistic"},
	string(masar.PeerReviewed):         {"دراسة محكّمة", "Peer-reviewed study"},
	string(masar.EvaluatedCase):        {"حالة مقيَّمة", "Evaluated case"},
	string(masar.OrganizationReport):   {"تقرير جهة", "Organization's report"},
	string(masar.OutcomeDocument):      {"وثيقة ختامية", "Outcome document"},
	string(masar.OfficialPresentation): {"عرض رسمي", "Official presentation"},
	string(masar.DescriptiveCase):      {"حالة موصوفة", "Descriptive case"},
	string(masar.ProjectPage):          {"صفحة مشروع", "Project page"},
	string(masar.News):                 {"خبر", "News"},
	string(masar.Opinion):              {"رأي", "Opinion"},
}

package masar

// labels have what the values of a dimension are called, where they are those of an enum.
var labels = map[Dimension]map[string]wordForm{
	ByCertainty:    certaintyLabels,
	ByStatus:       statusLabels,
	ByBasis:        basisLabels,
	ByPredicate:    predicateLabels,
	BySubjectKind:  kindLabels,
	ByObjectKind:   kindLabels,
	ByEvidenceKind: evidenceKindLabels,
}

// Label is what a value of a dimension is called in both languages, where it is not an entity: the value of an enum, a
// year, or Unknown. A year is called by its digits.
func Label(d Dimension, value string) Wording {
	form := wordForm{value, value}
	if known, ok := labels[d][value]; ok {
		form = known
	} else if value == Unknown {
		form = unknownLabel
	}
	return Wording{AR: Words{Value: form.ar}, EN: Words{Value: form.en}}
}

var unknownLabel = wordForm{"لا يوجد أو غير معروف", "None or not known"}

var certaintyLabels = map[string]wordForm{
	string(CertaintyHigh):     {"يقين مرتفع", "High certainty"},
	string(CertaintyModerate): {"يقين متوسط", "Moderate certainty"},
	string(CertaintyLow):      {"يقين منخفض", "Low certainty"},
	string(CertaintyVeryLow):  {"يقين منخفض جداً", "Very low certainty"},
}

var statusLabels = map[string]wordForm{
	string(NoEvidence): {"بلا أدلة", "No evidence"},
	string(Supported):  {"مدعوم بالأدلة", "Supported"},
	string(Contested):  {"متنازع فيه", "Contested"},
	string(Refuted):    {"مدحوض", "Refuted"},
}

var basisLabels = map[string]wordForm{
	string(Stated):   {"وارد في مصدر", "Stated by a source"},
	string(Inferred): {"مستنتج", "Inferred"},
}

var predicateLabels = map[string]wordForm{
	string(Advances):         {"دعم تحقيق غاية أو هدف", "Advances"},
	string(ContributesTo):    {"الإسهام في غاية أو هدف", "Contributes to"},
	string(Addresses):        {"معالجة تحدٍّ", "Addresses"},
	string(HasChallenge):     {"مواجهة تحدٍّ", "Has the challenge"},
	string(Demonstrates):     {"التجسيد في التطبيق", "Demonstrates"},
	string(PractisedIn):      {"التطبيق في بلد", "Practised in"},
	string(LedBy):            {"القيادة", "Led by"},
	string(IssuedIn):         {"الصدور", "Issued in"},
	string(PartOf):           {"الجزء من الكل", "Part of"},
	string(Participates):     {"المشاركة", "Participates in"},
	string(OperatesIn):       {"العمل في بلد", "Operates in"},
	string(HeldIn):           {"الانعقاد في بلد", "Held in"},
	string(AlignsWith):       {"التوافق مع إطار أو مبدأ", "Aligns with"},
	string(Concerns):         {"الموضوع", "Concerns"},
	string(Requires):         {"المتطلب المسبق", "Requires"},
	string(Produces):         {"المخرجات", "Produces"},
	string(Duplicates):       {"المعنى الواحد", "Says the same as"},
	string(Elaborates):       {"التفصيل", "Elaborates on"},
	string(SameAs):           {"الشيء الواحد", "Is the same as"},
	string(ContinuesThemeOf): {"مواصلة الموضوع", "Continues the theme of"},
	string(MapsTo):           {"انتقال المضمون", "Maps to"},
}

var kindLabels = map[string]wordForm{
	string(KindSdgGoal):        {"هدف من أهداف التنمية المستدامة", "SDG goal"},
	string(KindSdgTarget):      {"غاية من غايات التنمية المستدامة", "SDG target"},
	string(KindSdgIndicator):   {"مؤشر من مؤشرات التنمية المستدامة", "SDG indicator"},
	string(KindLegacyTarget):   {"هدف إنمائي للألفية", "Millennium Development Goal"},
	string(KindFramework):      {"إطار", "Framework"},
	string(KindPrinciple):      {"مبدأ", "Principle"},
	string(KindInitiative):     {"مبادرة", "Initiative"},
	string(KindOrganization):   {"جهة", "Organization"},
	string(KindCountry):        {"بلد", "Country"},
	string(KindCountryGroup):   {"مجموعة بلدان", "Country group"},
	string(KindChallenge):      {"تحدٍّ", "Challenge"},
	string(KindTopic):          {"موضوع", "Topic"},
	string(KindRecommendation): {"توصية", "Recommendation"},
	string(KindCaseStudy):      {"دراسة حالة", "Case study"},
	string(KindActivity):       {"نشاط", "Activity"},
	string(KindOutput):         {"مخرَج", "Output"},
	string(KindDocument):       {"وثيقة", "Document"},
	string(KindIndicator):      {"مؤشر", "Indicator"},
}

var evidenceKindLabels = map[string]wordForm{
	string(SystematicReview):     {"مراجعة منهجية", "Systematic review"},
	string(ImpactEvaluation):     {"تقييم أثر", "Impact evaluation"},
	string(OfficialStatistic):    {"إحصاء رسمي", "Official statistic"},
	string(PeerReviewed):         {"دراسة محكّمة", "Peer-reviewed study"},
	string(EvaluatedCase):        {"حالة مقيَّمة", "Evaluated case"},
	string(OrganizationReport):   {"تقرير جهة", "Organization's report"},
	string(OutcomeDocument):      {"وثيقة ختامية", "Outcome document"},
	string(OfficialPresentation): {"عرض رسمي", "Official presentation"},
	string(DescriptiveCase):      {"حالة موصوفة", "Descriptive case"},
	string(ProjectPage):          {"صفحة مشروع", "Project page"},
	string(News):                 {"خبر", "News"},
	string(Opinion):              {"رأي", "Opinion"},
}

package words

import (
	"masar"
	"masar/answers"
	"strconv"
)

// The words of the reasons of twinning.
var (
	needsOpenWords = wordForm{
		"لم يُطلب موضوع بعينه، فيُحسب كل ما لدى البلد المورّد كاملاً.",
		"No topic was asked for, so whatever the supplier has counts in full.",
	}
	needsUnknownWords = wordForm{
		"لا يُعرف مقدار ما يلبيه الموضوع {topic} من حاجات {country}، فيُحسب وسط الممكن.",
		"How much {topic} answers of what {country} needs is not known; the middle of what is possible counts.",
	}
	needsWords = wordForm{
		"عدد التحديات المعروفة في {country} {of}، وتعالج توصيات في الموضوع {topic} منها: {answered}. وحصة هذه بحسب ما يسندها {value}.",
		"Challenges known of {country}: {of}. Of these, recommendations on {topic} address: {answered}. By their support that is {value} of them.",
	}
	needsNoneWords = wordForm{
		"لا تعالج التوصيات في الموضوع {topic} أياً من التحديات المعروفة في {country}.",
		"Recommendations on {topic} address none of the challenges that are known of {country}.",
	}

	supplyWords = wordForm{
		"ممارسات {country}{topic}: {cases}. مجموع ما يسندها {value}.",
		"Practices of {country}{topic}: {cases}. Together they count {value}.",
	}
	ownUnknownWords = wordForm{
		"لا تُعرف ممارسة من {country}{topic}، وهذا لا يعني أنه لا توجد: يُحسب وسط الممكن.",
		"No practice of {country}{topic} is known, which does not mean that there is none: the middle of what is possible counts.",
	}
	onTopicWords = wordForm{" في الموضوع {topic}", " on {topic}"}

	stepWords = wordForm{
		"نضج {supplier} {theirs} ونضج {learner} {ours}، والفارق {difference}: {value}.{far}",
		"The maturity of {supplier} is {theirs} and that of {learner} {ours}, a lead of {difference}: {value}.{far}",
	}
	stepFarWords     = wordForm{" فمن يسبق كثيراً يصعب اللحاق به.", " A far leader is hard to follow."}
	stepNearWords    = wordForm{" فالفارق صغير لا يُتعلم منه كثير.", " The lead is small, so there is less to learn."}
	stepUnknownWords = wordForm{
		"لا مؤشر يُعرف منه نضج {unknown}، فيُحسب وسط الممكن.",
		"No index tells the maturity of {unknown}; the middle of what is possible counts.",
	}

	similarityWords = wordForm{
		"ما يجمع {supplier} و{learner}: {shared}. التشابه {value}.",
		"{supplier} and {learner} have in common: {shared}. Likeness {value}.",
	}
	similarityUnknownWords = wordForm{
		"لا يُعرف ما يجمع {supplier} و{learner}، فيُحسب وسط الممكن.",
		"What {supplier} and {learner} have in common is not known; the middle of what is possible counts.",
	}
	incomeWords         = wordForm{"فئة الدخل", "the income group"}
	leastDevelopedWords = wordForm{"أنهما من أقل البلدان نمواً", "being least developed"}
	languageWords       = wordForm{"اللغة الرسمية: {name}", "the official language {name}"}
	nothingWords        = wordForm{"لا شيء مما يُنظر فيه", "nothing of what is looked at"}

	availabilitySentWords = wordForm{
		"سبق إرسال ممارسات من {supplier} إلى مجموعة إقليمية: {value}.",
		"{supplier} has sent practices to a collection of the region before: {value}.",
	}
	availabilityWords = wordForm{
		"لا يُعرف أنه سبق إرسال ممارسات من {supplier} إلى مجموعة إقليمية، فيُحسب الاستعداد {value} لا 1.",
		"{supplier} is not known to have sent practices to a collection of the region, so its availability counts {value} and not 1.",
	}
)

// languageNames has how languages are called, by their BCP 47 tags; others go by the tag.
var languageNames = map[string]wordForm{
	"ar": {"العربية", "Arabic"}, "ber": {"الأمازيغية", "Berber"}, "de": {"الألمانية", "German"}, "en": {"الإنجليزية", "English"},
	"fr": {"الفرنسية", "French"}, "ku": {"الكردية", "Kurdish"}, "so": {"الصومالية", "Somali"},
	"wni": {"القمرية (أنجوان)", "Ndzwani Comorian"}, "zdj": {"القمرية (نجازيجيا)", "Ngazidja Comorian"},
}

func languageName(tag string, l masar.Language) string {
	if form, ok := languageNames[tag]; ok {
		return form.in(l)
	}
	return code(tag, l)
}

func sayNeeds(r *answers.NeedsReason, l masar.Language, called func(masar.Ref) masar.Entity) string {
	if r.Topic.IsZero() {
		return needsOpenWords.in(l)
	}
	form := needsWords
	switch {
	case !r.Known:
		form = needsUnknownWords
	case len(r.Answered) == 0:
		form = needsNoneWords
	}
	return fill(form, l, "{topic}", topicName(r.Topic, l, called), "{country}", quotedTitle(called(r.Country), l),
		"{of}", strconv.Itoa(r.Of), "{answered}", titles(r.Answered, l, called), "{value}", hundredths(r.Value))
}

// topicName names a topic: in Arabic the word for it stands in the form.
func topicName(topic masar.Ref, l masar.Language, called func(masar.Ref) masar.Entity) string {
	if l == masar.Arabic {
		return quotedTitle(called(topic), l)
	}
	return named(called(topic), l)
}

func saySupply(r *answers.SupplyReason, l masar.Language, called func(masar.Ref) masar.Entity) string {
	topic := ""
	if !r.Topic.IsZero() {
		topic = inside(onTopicWords, l, "{topic}", topicName(r.Topic, l, called))
	}
	form := supplyWords
	if len(r.Cases) == 0 {
		form = ownUnknownWords
	}
	all := make([]string, len(r.Cases))
	for i, c := range r.Cases[:min(answers.MostNamed, len(r.Cases))] {
		all[i] = inside(caseWords, l, "{case}", quotedTitle(called(c.Case), l), "{support}", hundredths(c.Support))
	}
	return fill(form, l, "{country}", quotedTitle(called(r.Country), l), "{topic}", topic, "{cases}", and(l, all), "{value}", hundredths(r.Value))
}

func sayStep(r *answers.StepReason, l masar.Language, called func(masar.Ref) masar.Entity) string {
	supplier, learner := quotedTitle(called(r.Supplier), l), quotedTitle(called(r.Learner), l)
	switch {
	case r.Theirs == nil:
		return fill(stepUnknownWords, l, "{unknown}", supplier)
	case r.Ours == nil:
		return fill(stepUnknownWords, l, "{unknown}", learner)
	}
	difference, far := *r.Theirs-*r.Ours, ""
	switch {
	case r.Value < 1 && difference > .35:
		far = stepFarWords.in(l)
	case r.Value < 1:
		far = stepNearWords.in(l)
	}
	return fill(stepWords, l, "{supplier}", supplier, "{learner}", learner, "{theirs}", hundredths(*r.Theirs), "{ours}", hundredths(*r.Ours),
		"{difference}", hundredths(difference), "{value}", hundredths(r.Value), "{far}", far)
}

func saySimilarity(r *answers.SimilarityReason, l masar.Language, called func(masar.Ref) masar.Entity) string {
	var shared []string
	if r.SameIncome {
		shared = append(shared, incomeWords.in(l))
	}
	if r.LeastDeveloped {
		shared = append(shared, leastDevelopedWords.in(l))
	}
	for _, language := range r.Languages {
		shared = append(shared, inside(languageWords, l, "{name}", languageName(language, l)))
	}
	for _, group := range r.Groups {
		shared = append(shared, quotedTitle(called(group), l))
	}
	if len(shared) == 0 {
		shared = []string{nothingWords.in(l)}
	}
	form := similarityWords
	if !r.Known {
		form = similarityUnknownWords
	}
	return fill(form, l, "{supplier}", quotedTitle(called(r.Supplier), l), "{learner}", quotedTitle(called(r.Learner), l),
		"{shared}", joined(l, shared), "{value}", hundredths(r.Value))
}

func sayAvailability(r *answers.AvailabilityReason, l masar.Language, called func(masar.Ref) masar.Entity) string {
	form := availabilityWords
	if r.Sent {
		form = availabilitySentWords
	}
	return fill(form, l, "{supplier}", quotedTitle(called(r.Supplier), l), "{value}", hundredths(r.Value))
}

package words

import (
	"masar"
	"masar/answers"
	"slices"
	"strconv"
	"strings"
)

// The words of reasons. As in sentence.go, Arabic verbs agree with a noun that stands in the form, never with a title; where a
// country is named there is no verb that would have to agree with it.
var (
	alignOpenWords = wordForm{
		"لم تُطلب غاية بعينها، فتُحسب التوصية كاملة.",
		"No target was asked for, so the recommendation counts in full.",
	}
	alignDirectWords = wordForm{
		"تدعم التوصية مباشرةً تحقيق {advanced}، فتُحسب كاملة.",
		"The recommendation advances {advanced} itself and counts in full.",
	}
	alignWithinWords = wordForm{
		"تدعم التوصية تحقيق {advanced}، وهذا جزء من {asked}، فتُحسب كاملة.",
		"The recommendation advances {advanced}, a part of {asked}, and counts in full.",
	}
	alignGoalWords = wordForm{
		"تدعم التوصية تحقيق {advanced} إجمالاً، ولا يُقال إنها تدعم {asked}، فتُحسب {value}.",
		"The recommendation advances {advanced} as a whole and is not said to advance {asked}; it counts {value}.",
	}

	evidenceUnknownWords = wordForm{
		"لا يُعرف أن التوصية تدعم تحقيق أي من أهداف التنمية المستدامة أو غاياتها.",
		"The recommendation is not known to advance any SDG target or goal.",
	}
	evidenceWords = wordForm{
		"صافي ما يسند القول بأن التوصية تدعم تحقيق {advanced}: {value} (عدد عائلات المصادر المستقلة: {families}){basis}.",
		"That the recommendation advances {advanced} has net support of {value} (independent source families: {families}){basis}.",
	}
	inferredWords = wordForm{"، وهو استنتاج لا ينص عليه مصدر", "; it is inferred, and no source states it"}

	needNothingWords = wordForm{
		"لا يُعرف أن التوصية تعالج تحدياً، فلا تُعرف الحاجة إليها.",
		"The recommendation is not known to address any challenge, so the need for it is not known.",
	}
	needUnknownWords = wordForm{
		"لا يُعرف في {country} ولا في مجموعات البلدان التي تضم هذا البلد شيء مما تعالجه التوصية ({addressed})، فلا تُعرف الحاجة إليها.",
		"Nothing is known in {country}, or in a group that it belongs to, of what the recommendation addresses ({addressed}), so the need for it is not known.",
	}
	needCountryWords = wordForm{
		"من التحديات في {country}: {challenge}. صافي ما يسند ذلك {value}.",
		"{country} is said to face {challenge}, with net support of {value}.",
	}
	needRegionWords = wordForm{
		"من التحديات في {group}، ومنها {country}: {challenge}. يُقال ذلك عن المجموعة لا عن البلد نفسه، فيُحسب صافي ما يسنده، وهو {net}، بنسبة {factor}: {value}.",
		"{group}, to which {country} belongs, is said to face {challenge}. That is not said of the country itself, so its net support of {net} counts {factor}: {value}.",
	}
	needGaugeWords = wordForm{
		"قيمة {indicator} في {country} عام {year} هي {measured}، والأسوأ {worst} والأفضل {best}. فيبقى من الطريق إلى الأفضل {value}، والمؤشر دليل على التحدي {challenge}.",
		"{indicator} of {country} in {year} is {measured}, where {worst} is the worst and {best} the best: {value} of the way is left. It tells of {challenge}.",
	}

	fitNoBandWords = wordForm{
		"لا يُعرف مستوى النضج الذي تناسبه التوصية، فلا تُعرف ملاءمتها.",
		"For which level of maturity the recommendation is meant is not known, so how well it fits is not known.",
	}
	fitNoMaturityWords = wordForm{
		"لا مؤشر يُعرف منه نضج {country}، فلا تُعرف ملاءمة التوصية.",
		"No index tells the maturity of {country}, so how well the recommendation fits is not known.",
	}
	fitUnsureWords = wordForm{
		"نضج {country} هو {maturity}، والتوصية للنضج من {low} إلى {high}، لكن لا يُعرف هل توفر شيء مما تتطلبه: {unsure}.",
		"The maturity of {country} is {maturity} and the recommendation is meant for {low} to {high}, but whether anything that it requires is in place is not known: {unsure}.",
	}
	fitInsideWords = wordForm{
		"نضج {country} هو {maturity}، وهو ضمن ما تناسبه التوصية، من {low} إلى {high}: {suits}.",
		"The maturity of {country}, {maturity}, lies within {low} to {high}, for which the recommendation is meant: {suits}.",
	}
	fitBelowWords = wordForm{
		"نضج {country} هو {maturity}، وهو دون ما تناسبه التوصية، من {low} إلى {high}: {suits}.",
		"The maturity of {country}, {maturity}, lies below {low} to {high}, for which the recommendation is meant: {suits}.",
	}
	fitAboveWords = wordForm{
		"نضج {country} هو {maturity}، وهو فوق ما تناسبه التوصية، من {low} إلى {high}: {suits}.",
		"The maturity of {country}, {maturity}, lies above {low} to {high}, for which the recommendation is meant: {suits}.",
	}
	fitMetWords    = wordForm{" متوفر مما تتطلبه: {things}.", " In place of what it requires: {things}."}
	fitPartlyWords = wordForm{" متوفر في جزء منه: {things}.", " In place in part: {things}."}
	fitUnmetWords  = wordForm{" غير متوفر: {things}.", " Not in place: {things}."}
	fitOpenWords   = wordForm{
		" ولا يُعرف هل توفر: {things}. فالملاءمة {value}، وقد لا تزيد على {least}.",
		" Whether this is in place is not known: {things}. So the fit is {value}, and may be as low as {least}.",
	}
	fitSumWords = wordForm{" فالملاءمة {value}.", " So the fit is {value}."}

	transferUnknownWords = wordForm{
		"لا تُعرف دراسة حالة تطبق التوصية، وهذا لا يعني أنه لا توجد واحدة.",
		"No case study is known that shows the recommendation in practice, which does not mean that there is none.",
	}
	transferWords = wordForm{
		"من تطبيقات التوصية: {cases}. واحتمال أن تُنقل واحدة منها على الأقل: {value}.",
		"It is shown in practice by {cases}. That one of these at least can be carried over: {value}.",
	}
	transferStrangeWords = wordForm{
		"من تطبيقات التوصية: {cases}. ولا يُعرف مدى شبه بلدانها بهذا البلد.",
		"It is shown in practice by {cases}; how alike their countries are to this one is not known.",
	}
	caseLikeWords    = wordForm{"{case} من {country} (سند {support} × تشابه {similarity})", "{case} from {country} (support {support} × likeness {similarity})"}
	caseStrangeWords = wordForm{"{case} (سند {support}، وبلدها غير معروف)", "{case} (support {support}, country not known)"}
	caseWords        = wordForm{"{case} (سند {support})", "{case} (support {support})"}
	moreWords        = wordForm{"وعدد ما لم يُذكر هنا {n}", "and {n} more"}

	doneUntoldWords = wordForm{
		"لم يُذكر أن شيئاً من التوصية نُفّذ، فحُسب ذلك 0.",
		"Nothing was said to have been carried out of it, which counts as 0.",
	}
	doneWords = wordForm{
		"نُفّذ من التوصية {value} بحسب السؤال.",
		"By the question, {value} of it has been carried out.",
	}
)

// fill puts words into the places of a form.
func fill(form wordForm, l masar.Language, places ...string) string {
	return capital(strings.NewReplacer(places...).Replace(form.in(l)))
}

// inside fills a form that stands within a sentence.
func inside(form wordForm, l masar.Language, places ...string) string {
	return strings.NewReplacer(places...).Replace(form.in(l))
}

// hundredths writes a number for people.
func hundredths(x float64) string { return strconv.FormatFloat(x, 'f', 2, 64) }

// measured writes a value as it was measured, without needless digits.
func measured(x float64) string {
	s := strings.TrimRight(strconv.FormatFloat(x, 'f', 2, 64), "0")
	return strings.TrimSuffix(s, ".")
}

// sdgNames has how goals and targets are named by their codes.
var sdgNames = map[masar.Kind]wordForm{
	masar.KindSdgGoal:   {"الهدف {code} من أهداف التنمية المستدامة", "SDG goal {code}"},
	masar.KindSdgTarget: {"الغاية {code} من أهداف التنمية المستدامة", "SDG target {code}"},
}

func sdgName(r masar.Ref, l masar.Language) string {
	return inside(sdgNames[r.Kind], l, "{code}", code(r.Code, l))
}

// and lists things in a sentence, the first few of them.
func and(l masar.Language, things []string) string {
	if more := len(things) - answers.MostNamed; more > 0 {
		things = append(slices.Clip(things[:answers.MostNamed]), inside(moreWords, l, "{n}", strconv.Itoa(more)))
	}
	return joined(l, things)
}

// joined says one thing after the other.
func joined(l masar.Language, things []string) string {
	return strings.Join(things, wordForm{"؛ ", "; "}.in(l))
}

// titles lists things by their titles.
func titles(refs []masar.Ref, l masar.Language, called func(masar.Ref) masar.Entity) string {
	all := make([]string, len(refs))
	for i, r := range refs {
		all[i] = quotedTitle(called(r), l)
	}
	return and(l, all)
}

func sayAlign(r *answers.AlignReason, l masar.Language, _ func(masar.Ref) masar.Entity) string {
	form := alignDirectWords
	switch {
	case r.Asked.IsZero():
		return alignOpenWords.in(l)
	case r.Asked.Kind == masar.KindSdgTarget && r.Advanced.Kind == masar.KindSdgGoal:
		form = alignGoalWords
	case r.Asked != r.Advanced:
		form = alignWithinWords
	}
	return fill(form, l, "{asked}", sdgName(r.Asked, l), "{advanced}", sdgName(r.Advanced, l), "{value}", hundredths(r.Value))
}

func sayEvidence(r *answers.EvidenceReason, l masar.Language, _ func(masar.Ref) masar.Entity) string {
	if r.Advanced.IsZero() {
		return evidenceUnknownWords.in(l)
	}
	basis := ""
	if r.Basis == masar.Inferred {
		basis = inferredWords.in(l)
	}
	return fill(evidenceWords, l, "{advanced}", sdgName(r.Advanced, l), "{value}", hundredths(r.Net), "{families}", strconv.Itoa(r.Families), "{basis}", basis)
}

func sayNeed(r *answers.NeedReason, l masar.Language, called func(masar.Ref) masar.Entity) string {
	form := needCountryWords
	switch {
	case len(r.Addressed) == 0:
		return needNothingWords.in(l)
	case r.Challenge.IsZero():
		return fill(needUnknownWords, l, "{country}", quotedTitle(called(r.Country), l), "{addressed}", titles(r.Addressed, l, called))
	case r.Gauge != nil:
		return fill(needGaugeWords, l,
			"{indicator}", needIndicator(r, l, called), "{country}", quotedTitle(called(r.Country), l), "{year}", strconv.Itoa(r.Measured.Year),
			"{measured}", measured(r.Measured.Value), "{worst}", measured(r.Gauge.Worst), "{best}", measured(r.Gauge.Best),
			"{value}", hundredths(r.Value), "{challenge}", needChallenge(r, l, called))
	case !r.Group.IsZero():
		form = needRegionWords
	}
	places := []string{
		"{country}", quotedTitle(called(r.Country), l), "{challenge}", needChallenge(r, l, called),
		"{net}", hundredths(r.Net), "{factor}", hundredths(r.Factor), "{value}", hundredths(r.Value),
	}
	if !r.Group.IsZero() {
		places = append(places, "{group}", named(called(r.Group), l))
	}
	return fill(form, l, places...)
}

// challenge names the challenge: in Arabic the word for it stands in the form.
func needChallenge(r *answers.NeedReason, l masar.Language, called func(masar.Ref) masar.Entity) string {
	if l == masar.Arabic {
		return quotedTitle(called(r.Challenge), l)
	}
	return named(called(r.Challenge), l)
}

func needIndicator(r *answers.NeedReason, l masar.Language, called func(masar.Ref) masar.Entity) string {
	for _, ref := range answers.IndicatorRefs(r.Gauge.Indicator) {
		if e := called(ref); e != nil {
			return named(e, l)
		}
	}
	return r.Gauge.Indicator
}

func sayFit(r *answers.FitReason, l masar.Language, called func(masar.Ref) masar.Entity) string {
	country := quotedTitle(called(r.Country), l)
	switch {
	case r.Band.IsZero():
		return fitNoBandWords.in(l)
	case r.Maturity == nil:
		return fill(fitNoMaturityWords, l, "{country}", country)
	}
	places := []string{
		"{country}", country, "{maturity}", hundredths(*r.Maturity), "{low}", hundredths(r.Band.Low), "{high}", hundredths(r.Band.High),
		"{suits}", hundredths(r.Suits), "{unsure}", titles(r.Unsure, l, called),
	}
	known := len(r.Met) + len(r.Partly) + len(r.Unmet)
	form := fitInsideWords
	switch {
	case known == 0 && len(r.Unsure) > 0:
		return fill(fitUnsureWords, l, places...)
	case *r.Maturity < r.Band.Low:
		form = fitBelowWords
	case *r.Maturity > r.Band.High:
		form = fitAboveWords
	}
	said := fill(form, l, places...)
	for _, part := range []struct {
		form   wordForm
		things []masar.Ref
	}{{fitMetWords, r.Met}, {fitPartlyWords, r.Partly}, {fitUnmetWords, r.Unmet}, {fitOpenWords, r.Unsure}} {
		if len(part.things) > 0 {
			said += inside(part.form, l, "{things}", titles(part.things, l, called), "{value}", hundredths(r.Value), "{least}", hundredths(r.Low))
		}
	}
	if known > 0 && len(r.Unsure) == 0 {
		said += inside(fitSumWords, l, "{value}", hundredths(r.Value))
	}
	return said
}

func sayTransfer(r *answers.TransferReason, l masar.Language, called func(masar.Ref) masar.Entity) string {
	if len(r.Cases) == 0 {
		return transferUnknownWords.in(l)
	}
	strange := true
	all := make([]string, len(r.Cases))
	for i, c := range r.Cases {
		strange = strange && c.Similarity == nil
		if i >= answers.MostNamed {
			continue
		}
		places := []string{"{case}", quotedTitle(called(c.Case), l), "{support}", hundredths(c.Support)}
		form := caseStrangeWords
		if c.Similarity != nil {
			form = caseLikeWords
			places = append(places, "{country}", quotedTitle(called(c.Country), l), "{similarity}", hundredths(*c.Similarity))
		}
		all[i] = inside(form, l, places...)
	}
	form := transferWords
	if strange {
		form = transferStrangeWords
	}
	return fill(form, l, "{cases}", and(l, all), "{value}", hundredths(r.Value))
}

func sayDone(r *answers.DoneReason, l masar.Language, _ func(masar.Ref) masar.Entity) string {
	if !r.Told {
		return doneUntoldWords.in(l)
	}
	return fill(doneWords, l, "{value}", hundredths(r.Value))
}

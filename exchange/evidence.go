package exchange

import (
	"math"
	"slices"
	"time"

	"masar"
)

var evidence = define(Dataset{
	Name: "evidence", Filtered: true, Key: []string{"id"},
	Titles: both("Evidence", "الأدلة"),
	Descriptions: both("The accepted pieces of evidence, each with the claim that it is for or against, the place in a source that it points at, and what it adds to the claim's support. A source's own words are not in it.",
		"الأدلة المقبولة، ولكل منها الإفادة التي يؤيدها أو يخالفها، والموضع الذي يشير إليه في مصدر، وما يضيفه إلى إسناد الإفادة. وليس فيها كلام المصدر نفسه."),
}, Source.Evidence, slices.Concat(
	[]column[Evidence]{
		idColumn("id", "The piece of evidence.", "الدليل.", func(e Evidence) string { return e.ID() }).required(),
		idColumn("claimId", "The claim that it is for or against: id in the dataset claims.", "الإفادة التي يؤيدها أو يخالفها: id في مجموعة claims.",
			func(e Evidence) string { return e.Claim.ID() }).required(),
	},
	labels(func(e Evidence) string { return in(masar.Arabic, e.Summaries) }, func(e Evidence) string { return in(masar.English, e.Summaries) },
		"What the passage says, in Masar's own words", "ما يقوله المقطع بعبارة مسار نفسها"),
	of(func(e Evidence) Claim { return e.Claim }, slices.Concat(countryColumns(Claim.Country), sdgColumns(Claim.sdg))),
	[]column[Evidence]{
		textColumn("document", both("Document", "الوثيقة"), both("The code of the document that it points into.", "رمز الوثيقة التي يشير إلى موضع فيها."),
			func(e Evidence) string { return code(e.Document) }).required(),
	},
	named("document", titles(func(e Evidence) masar.Entity { return e.Document }, "The document's title", "عنوان الوثيقة")),
	named("locator", labels(func(e Evidence) string { return in(masar.Arabic, e.Passage.Locators) }, func(e Evidence) string { return in(masar.English, e.Passage.Locators) },
		"Where a person finds the passage", "أين يجد القارئ المقطع")),
	[]column[Evidence]{
		textColumn("version", both("Version of the text", "نسخة النص"), both("The SHA-256 of the text that start and end count in.", "بصمة SHA-256 للنص الذي يُحسب فيه الموضعان start وend."),
			func(e Evidence) string { return e.Passage.Version }),
		countColumn("start", both("Start", "البداية"), both("Where the passage begins, in Unicode code points of that text.", "حيث يبدأ المقطع، بعدد محارف يونيكود في ذلك النص."),
			func(e Evidence) int { return e.Passage.Start }),
		countColumn("end", both("End", "النهاية"), both("Where the passage ends, in Unicode code points of that text.", "حيث ينتهي المقطع، بعدد محارف يونيكود في ذلك النص."),
			func(e Evidence) int { return e.Passage.End }),
		textColumn("sha256", both("Hash of the passage", "بصمة المقطع"), both("The SHA-256 of the passage's words in UTF-8.", "بصمة SHA-256 لكلمات المقطع بترميز UTF-8."),
			func(e Evidence) string { return e.Passage.SHA256 }),
		enumColumn("quoteStatus", both("Quote", "حالة الاقتباس"), both("Whether the words at the pointer are to be had here, and are those that were pointed at.", "هل الكلمات المشار إليها متاحة هنا، وهل هي المقصودة بعينها."),
			[]masar.QuoteStatus{masar.QuoteVerified, masar.QuoteMismatch, masar.QuoteSourceNotImported},
			func(e Evidence) masar.QuoteStatus { return e.QuoteStatus }).required(),
		enumColumn("stance", both("Stance", "الموقف"), both("Whether it speaks for the claim or against it.", "أيؤيد الإفادة أم يخالفها."),
			masar.Stances, func(e Evidence) masar.Stance { return e.Stance }).required(),
		enumColumn("kind", both("Kind of evidence", "نوع الدليل"), both("The kind of source that it comes from.", "نوع المصدر الذي جاء منه."),
			masar.EvidenceKinds, func(e Evidence) masar.EvidenceKind { return e.Kind }).required(),
		enumColumn("directness", both("Directness", "المباشرة"), both("How near the passage comes to naming what the claim says.", "مدى قرب المقطع من تسمية ما تقوله الإفادة."),
			masar.Directnesses, func(e Evidence) masar.Directness { return e.Directness }).required(),
		factor("quality", both("Quality", "الجودة"), both("The factor of its kind, from 0 to 1.", "معامل نوعه، من 0 إلى 1."), func(t masar.SupportTerm) float64 { return t.Quality }),
		factor("directnessFactor", both("Factor of directness", "معامل المباشرة"), both("The factor of its directness, from 0 to 1.", "معامل مباشرته، من 0 إلى 1."), func(t masar.SupportTerm) float64 { return t.Directness }),
		factor("ageFactor", both("Factor of age", "معامل القِدم"), both("The factor of its age, from 0 to 1.", "معامل قِدمه، من 0 إلى 1."), func(t masar.SupportTerm) float64 { return t.Age }),
		factor("strength", both("Strength", "القوة"), both("The product of the factors, from 0 to 1.", "حاصل ضرب المعاملات، من 0 إلى 1."), func(t masar.SupportTerm) float64 { return t.Strength }),
		factor("weight", both("Weight", "الوزن"), both("What it adds to the sum for or against its claim; 0 where a stronger piece of its family counts.", "ما يضيفه إلى مجموع المؤيد أو المخالف؛ 0 إن احتُسب دليل أقوى من أسرته."), func(t masar.SupportTerm) float64 { return t.Weight }),
		textColumn("family", both("Source family", "أسرة المصادر"), both("The family of sources that it counts in.", "أسرة المصادر التي يُحتسب فيها."), func(e Evidence) string { return e.Document.Family }),
		anyColumn("ageYears", Number, both("Age", "القِدم"), both("The years from the earliest day of the document's date to the day asOf; empty where it is not dated.", "السنوات من أول أيام تاريخ الوثيقة إلى اليوم asOf؛ فارغ إن لم تؤرَّخ."),
			Evidence.age).unit(both("years", "سنة")),
		textColumn("date", both("Date", "التاريخ"), both("The document's date as its source gives it, in EDTF (ISO 8601-2).", "تاريخ الوثيقة كما يرد في مصدره وفق صيغة EDTF، أي ISO 8601-2."),
			func(e Evidence) string { return e.Document.Date.EDTF }),
		evidenceCount("Always 1, so that rows add up.", "دائماً 1، كي تُجمع الصفوف.", func(Evidence) int { return 1 }),
		timeColumn("The first day that the document's date can mean; empty where it is not dated.", "أول يوم قد يعنيه تاريخ الوثيقة؛ فارغ إن لم تؤرَّخ.",
			func(e Evidence) time.Time { return earliest(e.Document) }),
		sourceColumn("Where its publisher has the document", "حيث ينشر الناشر الوثيقة", func(e Evidence) string { return address(e.Document) }),
	},
	of(func(e Evidence) Claim { return e.Claim }, []column[Claim]{claimURL}),
))

// factor is a column of a number from 0 to 1 in the reckoning of support.
func factor(name string, titles, descriptions masar.Wording, value func(masar.SupportTerm) float64) column[Evidence] {
	return anyColumn(name, Number, titles, descriptions, func(e Evidence) any { return value(e.Term) }).required()
}

// age is the age of the document in years, on the day at which support was reckoned.
func (e Evidence) age() any {
	years := e.Document.Date.EarliestYear()
	day, err := time.Parse(time.DateOnly, e.Claim.Support.AsOf)
	if math.IsNaN(years) || err != nil {
		return nil
	}
	return math.Round((masar.DecimalYear(day)-years)*1e4) / 1e4
}

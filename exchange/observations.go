package exchange

import (
	"slices"
	"time"

	"masar"
)

var observations = define(Dataset{
	Name: "observations", Key: []string{"id"},
	Titles: both("Observations", "الأرصاد"),
	Descriptions: both("Values of indicators, as their publishers give them. Editions of one figure are kept apart by vintage. What no publisher gives has no row: absent is not zero.",
		"قيم المؤشرات كما ينشرها ناشروها. وتُميَّز طبعات الرقم الواحد بعمود vintage. وما لا ينشره أحد لا صف له: الغياب ليس صفراً."),
}, whole(Source.Observations), slices.Concat(
	[]column[Observation]{
		idColumn("id", "The observation.", "الرصد.", func(o Observation) string { return o.ID() }).required(),
		enumColumn("ofKind", both("Observed: kind", "المرصود: النوع"), both("What sort of thing was observed.", "نوع ما رُصد."),
			[]masar.Kind{masar.KindCountry, masar.KindInitiative}, func(o Observation) masar.Kind { return o.Of.Head().Kind }).required(),
		textColumn("ofCode", both("Observed: code", "المرصود: الرمز"), both("Its code, unique within its kind.", "رمزه، ولا يتكرر ضمن نوعه."),
			func(o Observation) string { return o.Of.Head().Code }).required(),
	},
	titles(func(o Observation) masar.Entity { return o.Of }, "What was observed", "ما رُصد"),
	countryColumns(func(o Observation) *masar.Country {
		country, _ := o.Of.(*masar.Country)
		return country
	}),
	[]column[Observation]{
		textColumn("indicator", both("Indicator", "المؤشر"), both("The code of the indicator, as text.", "رمز المؤشر، نصاً."),
			func(o Observation) string { return o.Observation.Indicator }).required(),
	},
	named("indicator", titles(func(o Observation) masar.Entity { return o.Indicator.Entity }, "The indicator's name", "اسم المؤشر")),
	sdgColumns(func(o Observation) Place { return o.Indicator }),
	[]column[Observation]{
		anyColumn("year", Year, both("Year", "السنة"), both("The year that the value is of.", "السنة التي تخصها القيمة."),
			func(o Observation) any { return o.Year }).required(),
		anyColumn("value", Number, both("Value", "القيمة"), both("The value, in the unit of the column unit.", "القيمة، بالوحدة التي في عمود unit."),
			func(o Observation) any { return known(o.Value) }).required(),
		enumColumn("qualifier", both("Qualifier", "مدى الدقة"), both("How exactly the value is meant; empty where its source does not say.", "مدى دقة القيمة؛ فارغ إن لم يذكره مصدرها."),
			masar.Qualifiers, func(o Observation) masar.Qualifier { return o.Qualifier }),
		textColumn("unit", both("Unit", "الوحدة"), both("The unit of the value, such as INDEX, RANK or CASES.", "وحدة القيمة، مثل INDEX (مؤشر) أو RANK (ترتيب) أو CASES (حالات)."),
			func(o Observation) string { return o.Unit }),
		enumColumn("nature", both("Nature", "الطبيعة"), both("Whether it was measured, reported or planned: a plan is not a result.", "أقيست أم أُبلغ عنها أم خُطط لها: الخطة ليست نتيجة."),
			masar.Natures, func(o Observation) masar.Nature { return o.Nature }).required(),
		textColumn("source", both("Source", "المصدر"), both("The code of the document that the value comes from.", "رمز الوثيقة التي جاءت منها القيمة."),
			func(o Observation) string { return code(o.Source) }).required(),
		textColumn("vintage", both("Vintage", "الطبعة"), both("What tells editions of the same figure apart.", "ما يميز طبعات الرقم نفسه."),
			func(o Observation) string { return o.Vintage }),
	},
	named("note", labels(func(o Observation) string { return in(masar.Arabic, o.Notes) }, func(o Observation) string { return in(masar.English, o.Notes) },
		"What has to be known of the value", "ما يلزم علمه عن القيمة")),
	[]column[Observation]{
		evidenceCount("Always 1: the document that gives the value.", "دائماً 1: الوثيقة التي أوردت القيمة.", func(Observation) int { return 1 }),
		timeColumn("The first day of the year.", "أول يوم من السنة.", func(o Observation) time.Time { return time.Date(o.Year, 1, 1, 0, 0, 0, 0, time.UTC) }),
		sourceColumn("Where its publisher has the source", "حيث ينشر الناشر المصدر", func(o Observation) string { return address(o.Source) }),
		urlColumn("the value and its source", "القيمة ومصدرها", func(o Observation) string { return tell(o.ID(), aboutObservation) }),
	},
))

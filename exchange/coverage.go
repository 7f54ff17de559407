package exchange

import (
	"masar/answers"
	"slices"
	"strings"
	"time"

	"masar"
)

var coverage = define(Dataset{
	Name: "coverage", Filtered: true, Key: []string{"target", "iso3"},
	Titles: words("Evidence coverage", "تغطية الأدلة"),
	Descriptions: words("A row for each SDG target and country that any claim belongs to: how the claims that belong to both are borne out, by the evidence of all of them taken together, and what is missing. No evidence here means none in the sources of this graph.",
		"صف لكل غاية من غايات التنمية المستدامة وبلد تنتمي إليه إفادة ما: مدى إسناد الإفادات التي تنتمي إلى كليهما، بمجموع أدلتها، وما ينقص. وغياب الأدلة هنا يعني غيابها من مصادر هذا الرسم البياني."),
}, Source.Coverage, slices.Concat(
	allRequired(sdgColumns(func(c Coverage) Place { return c.Target })),
	named("target", titles(func(c Coverage) masar.Entity { return c.Target.Entity }, "The title of the target", "عنوان الغاية")),
	allRequired(countryColumns(func(c Coverage) *masar.Country { return c.Country })),
	titles(func(c Coverage) masar.Entity { return c.Country }, "The country's name", "اسم البلد"),
	[]column[Coverage]{
		enumColumn("gap", words("Gap", "الفجوة"), words("What is missing first of all; NONE where nothing is.", "أول ما ينقص؛ NONE إن لم ينقص شيء."),
			[]answers.Gap{answers.GapAbsolute, answers.GapSynthesis, answers.GapStale, answers.GapContested, answers.GapNone}, func(c Coverage) answers.Gap {
				if len(c.Gaps) == 0 {
					return answers.GapNone
				}
				return c.Gaps[0]
			}).required(),
		textColumn("gaps", words("All gaps", "كل الفجوات"), words("All that is missing, with spaces between.", "كل ما ينقص، تفصل بينه مسافات."), func(c Coverage) string {
			names := make([]string, len(c.Gaps))
			for i, g := range c.Gaps {
				names[i] = string(g)
			}
			return strings.Join(names, " ")
		}),
		countColumn("claims", words("Claims", "الإفادات"), words("The number of claims.", "عدد الإفادات."), func(c Coverage) int { return c.Claims }),
		countColumn("families", words("Source families", "أسر المصادر"), words("The number of independent families of sources that speak for them.", "عدد أسر المصادر المستقلة التي تؤيدها."),
			func(c Coverage) int { return c.Support.Families }),
		ofClaims("net", words("Net support", "صافي الإسناد"), words("The net support of all their evidence, from 0 to 1; empty where there is no claim.", "صافي إسناد أدلتها مجتمعة، من 0 إلى 1؛ فارغ إن لم توجد إفادة."),
			func(s masar.Support) float64 { return s.Net }),
		ofClaims("conflict", words("Conflict", "التعارض"), words("How much their evidence is at odds, from 0 to 1; empty where there is no claim.", "مدى تعارض أدلتها، من 0 إلى 1؛ فارغ إن لم توجد إفادة."),
			func(s masar.Support) float64 { return s.Conflict }),
		enumColumn("certainty", words("Certainty", "درجة اليقين"), words("The certainty of their evidence, in GRADE's words; empty where there is no claim.", "درجة اليقين في أدلتها بمصطلحات GRADE؛ فارغ إن لم توجد إفادة."),
			masar.Certainties, func(c Coverage) masar.Certainty {
				if c.Claims == 0 {
					return ""
				}
				return c.Support.Certainty
			}),
		anyColumn("latestYear", Year, words("Latest year", "أحدث سنة"), words("The year of the newest document; empty where none is dated.", "سنة أحدث وثيقة؛ فارغ إن لم تؤرَّخ أي منها."), func(c Coverage) any {
			if c.LatestYear == 0 {
				return nil
			}
			return c.LatestYear
		}),
		evidenceCount("The accepted pieces of evidence of those claims.", "الأدلة المقبولة لتلك الإفادات.", func(c Coverage) int { return c.Evidence }),
		timeColumn("The first day of the latest year; empty where no document is dated.", "أول يوم من أحدث سنة؛ فارغ إن لم تؤرَّخ أي وثيقة.", func(c Coverage) time.Time {
			if c.LatestYear == 0 {
				return time.Time{}
			}
			return time.Date(c.LatestYear, 1, 1, 0, 0, 0, 0, time.UTC)
		}),
		urlColumn("the claims", "الإفادات", func(c Coverage) string {
			return asked(`{claims(first:100,filter:{targets:["` + c.Target.Target + `"],countries:["` + c.Country.Code + `"]}){totalCount nodes{id predicate basis subject{code}object{code}}}}`)
		}),
	},
))

// ofClaims is a column of a number that is unknown where there is no claim.
func ofClaims(name string, titles, descriptions masar.Wording, value func(masar.Support) float64) column[Coverage] {
	return anyColumn(name, Number, titles, descriptions, func(c Coverage) any {
		if c.Claims == 0 {
			return nil
		}
		return value(c.Support)
	})
}

// allRequired says that no row leaves any of the columns empty.
func allRequired(columns []column[Coverage]) []column[Coverage] {
	for i := range columns {
		columns[i].Required = true
	}
	return columns
}

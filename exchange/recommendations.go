package exchange

import (
	"slices"

	"masar"
)

var recommendations = define(Dataset{
	Name: "recommendations", Filtered: true,
	Titles: both("Recommendations", "التوصيات"),
	Descriptions: both("The recommendations, with a row for each SDG target and goal that one advances, and what the evidence makes of that link. Unless a filter is given, one that advances none has a row without a link.",
		"التوصيات، ولكل غاية أو هدف تخدمه التوصية صف يبيّن ما تفضي إليه أدلة هذا الرابط. وما لم يُعطَ مرشِّح، فللتوصية التي لا تخدم أياً منها صف بلا رابط."),
}, Source.Recommendations, slices.Concat(
	[]column[Recommendation]{
		idColumn("id", "The recommendation.", "التوصية.", func(r Recommendation) string { return r.ID() }).required(),
		textColumn("code", both("Code", "الرمز"), both("The code of the recommendation.", "رمز التوصية."), func(r Recommendation) string { return r.Code }).required(),
	},
	titles(func(r Recommendation) masar.Entity { return r.Recommendation }, "The recommendation's title", "عنوان التوصية"),
	[]column[Recommendation]{
		enumColumn("form", both("Form", "الشكل"), both("What sort of list it comes from.", "نوع القائمة التي جاءت منها."),
			masar.RecommendationForms, func(r Recommendation) masar.RecommendationForm { return r.Form }),
		anyColumn("number", Integer, both("Number", "الرقم"), both("Its number in that list; empty where the list is not numbered.", "رقمها في تلك القائمة؛ فارغ إن لم تكن مرقّمة."),
			func(r Recommendation) any {
				if r.Number == 0 {
					return nil
				}
				return r.Number
			}),
		enumColumn("strength", both("Strength", "القوة"), both("Its strength in GRADE's sense, which a person judges; empty until one has.", "قوتها بمفهوم GRADE بحكم شخص؛ فارغ ما لم يحكم أحد."),
			masar.Strengths, func(r Recommendation) masar.Strength { return r.Strength }),
		textColumn("issuedIn", both("Issued in", "صدرت في"), both("The code of the document in which it was issued.", "رمز الوثيقة التي صدرت فيها."),
			func(r Recommendation) string { return code(r.IssuedIn) }),
		textColumn("issuedAt", both("Issued at", "صدرت عن"), both("The code of the activity at which it was issued.", "رمز النشاط الذي صدرت عنه."),
			func(r Recommendation) string {
				if r.IssuedAt == nil {
					return ""
				}
				return r.IssuedAt.Code
			}),
		idColumn("claimId", "The claim that it advances the target or goal: id in the dataset claims.", "الإفادة بأنها تخدم الغاية أو الهدف: id في مجموعة claims.",
			func(r Recommendation) string {
				if r.Advances == nil {
					return ""
				}
				return r.Advances.ID()
			}),
	},
	linked(sdgColumns(Claim.sdg)),
	linked([]column[Claim]{
		enumColumn("level", both("Level", "المستوى"), both("Whether the link reaches a target or only a goal.", "أيبلغ الرابط غاية أم هدفاً فحسب."),
			[]masar.ClaimLevel{masar.LevelTarget, masar.LevelGoal}, func(c Claim) masar.ClaimLevel {
				if level := c.Said.Level(); level != nil {
					return *level
				}
				return ""
			}),
	}),
	linked(named("object", titles(func(c Claim) masar.Entity { return c.Object.Entity }, "The title of the target or goal", "عنوان الغاية أو الهدف"))),
	linked([]column[Claim]{basisColumn}),
	linked(supportColumns),
	[]column[Recommendation]{urlColumn("the evidence of the link, or what the recommendation is where it has none", "أدلة الرابط، أو ماهية التوصية إن لم يكن لها رابط", func(r Recommendation) string {
		if r.Advances == nil {
			return tell(r.ID(), aboutEntity)
		}
		return tell(r.Advances.ID(), aboutClaim)
	})},
))

// linked makes columns of the link of a recommendation; those of one without a link are empty, but for counts, which are 0.
func linked(columns []column[Claim]) []column[Recommendation] {
	all := make([]column[Recommendation], len(columns))
	for i, c := range columns {
		isCount := c.Type == Integer
		value := c.value
		c.Required = isCount
		all[i] = column[Recommendation]{c.Column, func(r Recommendation) any {
			switch {
			case r.Advances != nil:
				return value(*r.Advances)
			case isCount:
				return 0
			}
			return nil
		}}
	}
	return all
}

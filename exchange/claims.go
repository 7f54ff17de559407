package exchange

import (
	"masar/words"
	"slices"
	"time"

	"masar"
)

var claims = define(Dataset{
	Name: "claims", Filtered: true, Key: []string{"id"},
	Titles: both("Claims", "الإفادات"),
	Descriptions: both("The accepted claims of the graph, each with its two ends and what its evidence makes of it.",
		"الإفادات المقبولة في الرسم البياني، ولكل منها طرفاها وما تفضي إليه أدلتها."),
}, Source.Claims, slices.Concat(
	[]column[Claim]{
		idColumn("id", "The claim.", "الإفادة.", Claim.ID).required(),
	},
	claimLabels,
	[]column[Claim]{
		enumColumn("predicate", both("Predicate", "العلاقة"), both("What the claim says of its ends.", "ما تقوله الإفادة عن طرفيها."),
			masar.Predicates, func(c Claim) masar.Predicate { return c.Said.Predicate }).required(),
		enumColumn("role", both("Role", "الدور"), both("The part that an organization plays; empty but for PARTICIPATES.", "الدور الذي تؤديه جهة؛ فارغ في غير PARTICIPATES."),
			masar.Roles, func(c Claim) masar.Role { return c.Said.Role }),
	},
	endColumns("subject", "What the claim is about", "ما تدور حوله الإفادة", func(c Claim) Place { return c.Subject }),
	endColumns("object", "What the claim links it with", "ما تربطه به الإفادة", func(c Claim) Place { return c.Object }),
	countryColumns(Claim.Country),
	sdgColumns(Claim.sdg),
	[]column[Claim]{basisColumn},
	supportColumns,
	[]column[Claim]{claimURL},
))

// claimLabels say a claim in a sentence.
var claimLabels = labels(sentence(masar.Arabic), sentence(masar.English), "The claim in a sentence", "الإفادة في جملة")

// endColumns tell one end of a claim.
func endColumns(name, what, whatAr string, end func(Claim) Place) []column[Claim] {
	return named(name, append([]column[Claim]{
		enumColumn("kind", both(what+": kind", whatAr+": النوع"), both("What sort of thing it is.", "نوع هذا الشيء."),
			masar.Kinds, func(c Claim) masar.Kind { return end(c).Head().Kind }).required(),
		textColumn("code", both(what+": code", whatAr+": الرمز"), both("Its code, unique within its kind.", "رمزه، ولا يتكرر ضمن نوعه."),
			func(c Claim) string { return end(c).Head().Code }).required(),
	}, titles(func(c Claim) masar.Entity { return end(c).Entity }, what, whatAr)...))
}

var basisColumn = enumColumn("basis", both("Basis", "الأساس"),
	both("Whether a source states it, or a curator inferred it.", "أصرّح به مصدر أم استنتجه محرّر."),
	masar.Bases, func(c Claim) masar.Basis { return c.Said.Basis }).required()

// supportColumns tell what its evidence makes of a claim.
var supportColumns = []column[Claim]{
	anyColumn("net", Number, both("Net support", "صافي الإسناد"),
		both("How well the evidence bears it out, from 0 to 1: the evidence for it less that against it.", "مدى إسناد الأدلة لها، من 0 إلى 1: ما يؤيدها مطروحاً منه ما يخالفها."),
		func(c Claim) any { return c.Support.Net }).required(),
	anyColumn("conflict", Number, both("Conflict", "التعارض"),
		both("How much the evidence is at odds, from 0 to 1.", "مدى تعارض الأدلة، من 0 إلى 1."),
		func(c Claim) any { return c.Support.Conflict }).required(),
	enumColumn("certainty", both("Certainty", "درجة اليقين"), both("The certainty of the evidence, in GRADE's words.", "درجة اليقين في الأدلة بمصطلحات GRADE."),
		masar.Certainties, func(c Claim) masar.Certainty { return c.Support.Certainty }).required(),
	enumColumn("status", both("Status", "الحالة"), both("What the evidence for and against it comes to.", "ما تنتهي إليه الأدلة المؤيدة والمخالفة."),
		[]masar.SupportStatus{masar.NoEvidence, masar.Supported, masar.Contested, masar.Refuted},
		func(c Claim) masar.SupportStatus { return c.Support.Status }).required(),
	countColumn("families", both("Source families", "أسر المصادر"),
		both("The number of independent families of sources that speak for it.", "عدد أسر المصادر المستقلة التي تؤيدها."),
		func(c Claim) int { return c.Support.Families }),
	evidenceCount("The accepted pieces of evidence for and against it: its rows in the dataset evidence.", "الأدلة المقبولة المؤيدة والمخالفة: صفوفها في مجموعة evidence.",
		func(c Claim) int { return len(c.Documents) }),
	textColumn("document", both("Document", "الوثيقة"), both("The code of the document of the strongest evidence.", "رمز وثيقة أقوى الأدلة."),
		func(c Claim) string { return code(c.strongest()) }),
	timeColumn("The first day that the date of the newest document of its evidence can mean; empty where none is dated.", "أول يوم قد يعنيه تاريخ أحدث وثيقة من وثائق أدلتها؛ فارغ إن لم تؤرَّخ أي منها.", Claim.newest),
	sourceColumn("Where its publisher has the document of the strongest evidence", "حيث ينشر الناشر وثيقة أقوى الأدلة", func(c Claim) string { return address(c.strongest()) }),
}

var claimURL = urlColumn("the claim's evidence", "أدلة الإفادة", func(c Claim) string { return tell(c.ID(), aboutClaim) })

// ID is the claim's global id.
func (c Claim) ID() string { return c.Said.ID() }

// Country is the country at one of the claim's ends; nil where neither is one.
func (c Claim) Country() *masar.Country {
	for _, end := range []Place{c.Subject, c.Object} {
		if country, is := end.Entity.(*masar.Country); is {
			return country
		}
	}
	return nil
}

// sdg is the end of the claim that is an SDG goal, or something below one; the object where both are.
func (c Claim) sdg() Place {
	if c.Object.Goal != "" {
		return c.Object
	}
	return c.Subject
}

// sentence says claims in a language.
func sentence(l masar.Language) func(Claim) string {
	return func(c Claim) string {
		return words.Sentence(c.Said, c.Subject.Entity, c.Object.Entity, []masar.Language{l}).Value
	}
}

// strongest is the document of the strongest evidence; nil without evidence.
func (c Claim) strongest() *masar.Document {
	if len(c.Documents) == 0 {
		return nil
	}
	return c.Documents[0]
}

// newest is the first day that the newest document's date can mean; zero where none is dated.
func (c Claim) newest() time.Time {
	var newest time.Time
	for _, d := range c.Documents {
		if day := earliest(d); day.After(newest) {
			newest = day
		}
	}
	return newest
}

package exchange

import (
	"slices"
	"strings"

	"masar"
)

// The picture of the graph, in the columns that Grafana's node graph panel knows by their names.

var graphNodes = define(Dataset{
	Name: "graph-nodes", Filtered: true, Key: []string{"id"},
	Titles: both("Nodes of the graph", "عُقد الرسم البياني"),
	Descriptions: both("The things that stand at an accepted claim that is not refuted, for a node graph; graph-edges has the claims.",
		"الأشياء التي تقع على طرف إفادة مقبولة غير مدحوضة، لعرضها شبكةً؛ وفي graph-edges الإفادات."),
}, Source.Nodes, slices.Concat(
	[]column[Node]{
		idColumn("id", "The thing.", "الشيء.", func(n Node) string { return n.ID() }).required(),
		textColumn("title", both("Title", "العنوان"), both("Its title in English.", "عنوانه بالإنجليزية."), func(n Node) string { return title(n, masar.English) }),
		textColumn("subTitle", both("Subtitle", "العنوان الفرعي"), both("Its title in Arabic.", "عنوانه بالعربية."), func(n Node) string { return title(n, masar.Arabic) }),
		countColumn("mainStat", both("Links", "الروابط"), both("The number of claims that stand at it.", "عدد الإفادات التي يقع على طرفها."), func(n Node) int { return n.Stated + n.Inferred }),
		anyColumn("arc__stated", Number, both("Share stated", "نسبة المصرّح به"), both("The share of those claims that a source states.", "نسبة ما صرّح به مصدر من تلك الإفادات."),
			func(n Node) any { return share(n.Stated, n.Inferred) }).required(),
		anyColumn("arc__inferred", Number, both("Share inferred", "نسبة المستنتج"), both("The share of those claims that a curator inferred.", "نسبة ما استنتجه محرّر من تلك الإفادات."),
			func(n Node) any { return share(n.Inferred, n.Stated) }).required(),
		enumColumn("detail__kind", both("Kind", "النوع"), both("What sort of thing it is.", "نوع الشيء."), masar.Kinds, func(n Node) masar.Kind { return n.Head().Kind }).required(),
		textColumn("detail__code", both("Code", "الرمز"), both("Its code, unique within its kind.", "رمزه، ولا يتكرر ضمن نوعه."), func(n Node) string { return n.Head().Code }).required(),
	},
	titles(func(n Node) masar.Entity { return n.Entity }, "Its title", "عنوانه"),
	countryColumns(func(n Node) *masar.Country {
		country, _ := n.Entity.(*masar.Country)
		return country
	}),
	sdgColumns(func(n Node) Place { return n.Place }),
	[]column[Node]{
		evidenceCount("The accepted pieces of evidence of all those claims.", "الأدلة المقبولة لكل تلك الإفادات.", func(n Node) int { return n.Evidence }),
		sourceColumn("Where its publisher has it, of a document; of others the IRI of the same thing in a public vocabulary", "حيث ينشره ناشره إن كان وثيقة؛ وإلا فمعرّف IRI للشيء نفسه في معجم عام", Node.address),
		urlColumn("what it is", "ماهيته", func(n Node) string { return tell(n.ID(), aboutEntity) }),
	},
))

var graphEdges = define(Dataset{
	Name: "graph-edges", Filtered: true, Key: []string{"id"},
	Titles: both("Edges of the graph", "روابط الرسم البياني"),
	Descriptions: both("The accepted claims that are not refuted, as edges between the rows of graph-nodes.",
		"الإفادات المقبولة غير المدحوضة، روابطَ بين صفوف graph-nodes."),
}, Source.Links, slices.Concat(
	[]column[Claim]{
		idColumn("id", "The claim.", "الإفادة.", Claim.ID).required(),
		textColumn("source", both("From", "من"), both("The id of the node that the claim is about.", "معرّف العقدة التي تدور حولها الإفادة."), func(c Claim) string { return c.Subject.ID() }).required(),
		textColumn("target", both("To", "إلى"), both("The id of the node that the claim links it with; no SDG target.", "معرّف العقدة التي تربطها بها الإفادة؛ وليست غاية من غايات التنمية المستدامة."), func(c Claim) string { return c.Object.ID() }).required(),
		textColumn("mainStat", both("Predicate", "العلاقة"), both("What the claim says, in small letters.", "ما تقوله الإفادة، بأحرف صغيرة."),
			func(c Claim) string { return strings.ToLower(strings.ReplaceAll(string(c.Said.Predicate), "_", " ")) }).required(),
		anyColumn("secondaryStat", Number, both("Net support", "صافي الإسناد"), both("How well the evidence bears it out, from 0 to 1.", "مدى إسناد الأدلة لها، من 0 إلى 1."), func(c Claim) any { return c.Support.Net }).required(),
		enumColumn("detail__basis", both("Basis", "الأساس"), both("Whether a source states it, or a curator inferred it.", "أصرّح به مصدر أم استنتجه محرّر."),
			masar.Bases, func(c Claim) masar.Basis { return c.Said.Basis }).required(),
		enumColumn("detail__certainty", both("Certainty", "درجة اليقين"), both("The certainty of the evidence, in GRADE's words.", "درجة اليقين في الأدلة بمصطلحات GRADE."),
			masar.Certainties, func(c Claim) masar.Certainty { return c.Support.Certainty }).required(),
	},
	claimLabels,
	[]column[Claim]{
		evidenceCount("The accepted pieces of evidence for and against it.", "الأدلة المقبولة المؤيدة والمخالفة.", func(c Claim) int { return len(c.Documents) }),
		claimURL,
	},
))

// share is what part is of the whole of part and rest; there is no node without a link.
func share(part, rest int) float64 { return float64(part) / float64(part+rest) }

// address is where the same thing is found outside of the graph; empty for none.
func (n Node) address() string {
	if d, is := n.Entity.(*masar.Document); is && d.URL != "" {
		return d.URL
	}
	if iri := n.Head().Iri(); iri != nil {
		return *iri
	}
	return ""
}

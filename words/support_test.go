package words

import (
	"testing"

	"masar"
)

// Catches: a rating without its reasons, a wrong form of a counted phrase, a document counted once for each passage, an
// omitted conflict, and an unexplained term.
func TestSupportExplanation(t *testing.T) {
	term := func(kind masar.EvidenceKind, stance masar.Stance, document string) masar.SupportTerm {
		return masar.SupportTerm{Kind: kind, Stance: stance, Document: document, Strength: .1}
	}
	slides, page := term(masar.OfficialPresentation, masar.Supports, "S"), term(masar.ProjectPage, masar.Supports, "P")
	page2, page3 := term(masar.ProjectPage, masar.Supports, "P2"), term(masar.ProjectPage, masar.Supports, "P3")
	trial, news := term(masar.ImpactEvaluation, masar.Supports, "T"), term(masar.News, masar.Refutes, "N")
	for _, c := range []struct {
		support masar.Support
		en, ar  string
	}{
		{
			masar.Support{Nature: masar.Effect, Inferred: true, Families: 1, Certainty: masar.CertaintyVeryLow, Terms: []masar.SupportTerm{slides, slides}},
			"One official presentation, one source family, an inference, no evaluation: very low certainty.",
			"عرض رسمي واحد، أسرة مصادر واحدة، استنتاج، بلا تقييم: يقين منخفض جداً.",
		},
		{
			masar.Support{Nature: masar.Effect, AtTarget: true, Families: 3, Certainty: masar.CertaintyLow, Terms: []masar.SupportTerm{trial, page, page2}},
			"One impact evaluation, 2 project pages, 3 source families, stated of the goal and not of the target, one evaluation: low certainty.",
			"تقييم أثر واحد، صفحتا مشروع، 3 أسر مصادر، وارد في المصدر عن الهدف لا عن الغاية، تقييم واحد: يقين منخفض.",
		},
		{
			masar.Support{Nature: masar.Effect, Families: 1, Status: masar.Contested, Certainty: masar.CertaintyVeryLow, Terms: []masar.SupportTerm{page, news}},
			"One project page for it, from one source family, and one news item against it, stated by a source: contested, very low certainty.",
			"مؤيِّد: صفحة مشروع واحدة، أسرة مصادر واحدة؛ معارِض: خبر واحد، وارد في المصدر: متنازع فيه، يقين منخفض جداً.",
		},
		{
			masar.Support{Nature: masar.Fact, Status: masar.Refuted, Documentation: masar.DocumentationNone, Terms: []masar.SupportTerm{news}},
			"No evidence for it, one news item against it: refuted, not documented.",
			"بلا دليل مؤيِّد؛ معارِض: خبر واحد: مدحوض، غير موثَّق.",
		},
		{
			masar.Support{Nature: masar.Fact, Families: 1, Status: masar.Refuted, Documentation: masar.DocumentationStated, Terms: []masar.SupportTerm{page, news}},
			"One project page for it, from one source family, and one news item against it: refuted, though a source states it.",
			"مؤيِّد: صفحة مشروع واحدة، أسرة مصادر واحدة؛ معارِض: خبر واحد: مدحوض، مع وروده في مصدر.",
		},
		{
			masar.Support{Nature: masar.Fact, Families: 2, Documentation: masar.DocumentationCorroborated, Terms: []masar.SupportTerm{page, page2, page3}},
			"3 project pages, 2 source families: a fact that several independent sources state.",
			"3 صفحات مشاريع، أسرتا مصادر: واقعة وردت في مصادر مستقلة.",
		},
		{
			masar.Support{Nature: masar.Effect, Status: masar.NoEvidence, Certainty: masar.CertaintyVeryLow},
			"No accepted evidence: very low certainty.", "لا أدلة مقبولة: يقين منخفض جداً.",
		},
	} {
		for lang, want := range map[masar.Language]string{masar.English: c.en, masar.Arabic: c.ar} {
			if got := SupportExplanation(&c.support, []masar.Language{lang}).Value; got != want {
				t.Errorf("\n got %s\nwant %s", got, want)
			}
		}
	}
}
